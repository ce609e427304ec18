import type { Metadata } from 'next';
import { connection } from 'next/server';
import { Notice } from '@/components/shell/Notice';

export const metadata: Metadata = { title: '没有这个页面 · 一屏' };

/** Made for each request: a page made beforehand has no nonce, and the content policy would refuse its scripts. */
export default async function NotFound() {
  await connection();
  return <Notice title="没有这个页面">地址写错了,或页面已经移走。请核对地址,或从下面进入。</Notice>;
}
