import Link from 'next/link';
import type { ApiOutputs } from '@/components/trpc/outputs';
import { arrivalOf } from './arrival';
import css from './console.module.css';
import { Mark } from './Mark';

type Dataset = Pick<ApiOutputs['datasets']['list'][number], 'freshness' | 'releases'>;

export function ArrivalMarks({ dataset }: { dataset: Dataset }) {
  return (
    <ul className={css.plain}>
      {arrivalOf(dataset).map(({ tone, text, href }) => (
        <li key={text}>
          <Mark tone={tone}>{href ? <Link href={href}>{text}</Link> : text}</Mark>
        </li>
      ))}
    </ul>
  );
}
