import Link from 'next/link';
import css from './console.module.css';
import { Mark } from './Mark';
import type { Warning } from './warnings';

export function WarningList({ warnings }: { warnings: readonly Warning[] }) {
  if (warnings.length === 0)
    return (
      <p>
        <Mark tone="good">目前没有需要处理的事项</Mark>
      </p>
    );
  return (
    <ul className={css.plain}>
      {warnings.map(({ key, tone, text, href }) => (
        <li key={key}>
          <Mark tone={tone}>{tone === 'bad' ? '故障' : '提醒'}</Mark> <Link href={href}>{text}</Link>
        </li>
      ))}
    </ul>
  );
}
