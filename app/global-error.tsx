'use client';

import '@/components/ui/tokens.css';
import '@/components/shell/notice.css';
import PageError from './error';

/** Stands in for the root layout when that itself fails. */
export default function GlobalError(props: { error: Error & { digest?: string }; reset(): void }) {
  return (
    <html lang="zh-CN">
      <body>
        <title>页面出错了 · 一屏</title>
        <PageError {...props} />
      </body>
    </html>
  );
}
