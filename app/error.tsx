'use client';

import { Notice } from '@/components/shell/Notice';

interface Props {
  error: Error & { digest?: string };
  reset(): void;
}

/** A page that failed as a whole. The number finds the entry in the server's log. */
export default function PageError({ error, reset }: Props) {
  return (
    <Notice
      title="页面出错了"
      ways={
        <button type="button" onClick={reset}>
          再试一次
        </button>
      }
    >
      没有数据因此改变。如果再试仍然出错,请联系运维员
      {error.digest ? `,并告知错误编号 ${error.digest}` : ''}。
    </Notice>
  );
}
