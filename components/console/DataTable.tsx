'use client';

import { Table, type TableProps } from 'antd';
import css from './console.module.css';

type Props<Row> = Omit<TableProps<Row>, 'title' | 'scroll' | 'size'> & {
  /** Names the table for those who hear it. */
  label: string;
  /** px below which the table scrolls sideways in its own box. */
  minWidth?: number;
  /** Shown without rows: why there are none, and what to do. */
  empty?: string;
};

export function DataTable<Row extends object>({ label, minWidth = 640, empty, ...table }: Props<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className={css.table} aria-label={label} tabIndex={0}>
      <div style={{ minWidth }}>
        <Table<Row>
          size="small"
          pagination={false}
          locale={empty ? { emptyText: <p className={css.empty}>{empty}</p> } : undefined}
          {...table}
        />
      </div>
    </section>
  );
}
