import type { ReactNode } from 'react';
import css from './console.module.css';

interface Props {
  title: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
}

export function Panel({ title, extra, children }: Props) {
  return (
    <section className={css.panel}>
      <div className={css.panelHead}>
        <h2>{title}</h2>
        {extra}
      </div>
      {children}
    </section>
  );
}

/** Names and values in columns that wrap. */
export function Facts({ items }: { items: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={css.facts}>
      {items.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
