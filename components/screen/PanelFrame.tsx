'use client';

import { type CSSProperties, type ReactNode, useId, useState } from 'react';
import { DemoTag } from '@/components/metric/Marks';
import styles from '@/components/screen/screen.module.css';
import { cx } from '@/components/ui/cx';

interface Props {
  id: string;
  title: string;
  wide: boolean;
  ultra: boolean;
  /** The panel's region, where the screen shows another one, and why. */
  elsewhere?: { name: string; why: string };
  /** Beside the title: period, unit. */
  meta?: ReactNode;
  demo?: boolean;
  error?: string;
  /** Stands in for the picture when the reader asks for the table. */
  table?: ReactNode;
  /** Without the box: the map and the strip are their own ground. */
  bare?: boolean;
  /** The heading is heard, not seen. */
  hideTitle?: boolean;
  controls?: ReactNode;
  children?: ReactNode;
}

/** Box, heading and place of a panel; its error when it has no data; its table instead of its picture. */
export function PanelFrame({
  id,
  title,
  wide,
  ultra,
  elsewhere,
  meta,
  demo = false,
  error,
  table,
  bare = false,
  hideTitle = false,
  controls,
  children,
}: Props) {
  const [asTable, setAsTable] = useState(false);
  const headingId = useId();
  return (
    <section
      className={cx(styles.panel, bare && styles.bare)}
      style={{ '--area': id } as CSSProperties}
      data-panel={id}
      data-wide={wide}
      data-ultra={ultra}
      aria-labelledby={headingId}
    >
      <div className={hideTitle ? 'visually-hidden' : styles.panelHead}>
        <h2 id={headingId}>{title}</h2>
        {elsewhere && (
          <span className={styles.elsewhere} title={elsewhere.why}>
            {elsewhere.name}
          </span>
        )}
        {meta && (
          <span className={styles.meta} title={typeof meta === 'string' ? meta : undefined}>
            {meta}
          </span>
        )}
        {demo && <DemoTag />}
        {(controls || table) && (
          <span className={styles.controls}>
            {controls}
            {table && !error && (
              <button
                type="button"
                className={styles.toggle}
                aria-pressed={asTable}
                onClick={() => setAsTable((on) => !on)}
              >
                表格
              </button>
            )}
          </span>
        )}
      </div>
      <div className={styles.panelBody}>
        {error ? (
          <p className={styles.panelError}>
            <span aria-hidden="true">⚠</span> {error}
          </p>
        ) : asTable && table ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          <section className={styles.tableBox} tabIndex={0} aria-label={`${title}(表格)`}>
            {table}
          </section>
        ) : (
          children
        )}
      </div>
    </section>
  );
}
