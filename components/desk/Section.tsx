import type { ReactNode } from 'react';
import styles from '@/components/desk/desk.module.css';
import { DemoTag } from '@/components/metric/Marks';
import { cx } from '@/components/ui/cx';

interface Props {
  id: string;
  title: string;
  meta?: ReactNode;
  demo?: boolean;
  actions?: ReactNode;
  className?: string | undefined;
  children: ReactNode;
}

export function Section({ id, title, meta, demo = false, actions, className, children }: Props) {
  return (
    <section className={cx(styles.section, className)} aria-labelledby={`${id}-title`} id={id}>
      <header className={styles.sectionHead}>
        <h2 id={`${id}-title`}>{title}</h2>
        {meta && <p className={styles.meta}>{meta}</p>}
        {demo && <DemoTag />}
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  );
}

/** A table that may be wider than the page scrolls by itself, by keyboard too. */
export function TableBox({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className={styles.tableBox} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

export function Segments<Key extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly { key: Key; title: string }[];
  value: Key;
  onChange(key: Key): void;
}) {
  return (
    <fieldset className={styles.segments} aria-label={label}>
      {options.map(({ key, title }) => (
        <button key={key} type="button" aria-pressed={key === value} onClick={() => onChange(key)}>
          {title}
        </button>
      ))}
    </fieldset>
  );
}
