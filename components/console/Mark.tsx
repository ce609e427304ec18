import type { ReactNode } from 'react';
import css from './console.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'plain' | 'demo';

/** The sign says the same as the colour. */
const SIGNS: Record<Tone, string> = { good: '●', warn: '▲', bad: '✕', plain: '○', demo: '◇' };

/** A state in a word, a sign and a colour. */
export function Mark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={css.mark} data-tone={tone}>
      <span aria-hidden="true">{SIGNS[tone]}</span>
      {children}
    </span>
  );
}

/** Everything that comes of generated rows carries it. */
export function DemoMark() {
  return <Mark tone="demo">演示数据</Mark>;
}
