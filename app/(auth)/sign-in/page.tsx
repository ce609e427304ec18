import type { Metadata } from 'next';
import { SignInForm } from './form';
import { problemText } from './problem';

export const metadata: Metadata = { title: '登录 · 一屏' };
export const dynamic = 'force-dynamic';

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const text = (name: string) => {
    const value = query[name];
    return typeof value === 'string' ? value : '';
  };
  return <SignInForm next={text('next')} problem={problemText(text('reason'), Number(text('until')))} />;
}
