'use client';

import { Table, type TableProps } from 'antd';
import type { CSSProperties } from 'react';
import { cx } from '@/components/ui/cx';
import css from './console.module.css';
import styles from './table.module.css';

type Props<Row> = Omit<TableProps<Row>, 'title' | 'scroll' | 'size'> & {
  /** Names the table for those who hear it. */
  label: string;
  /** px below which the table scrolls sideways in its own box; on a phone its rows are stacked instead. */
  minWidth?: number;
  /** Shown without rows: why there are none, and what to do. */
  empty?: string;
};

export function DataTable<Row extends object>({
  label,
  minWidth = 640,
  empty,
  columns,
  ...table
}: Props<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className={styles.table} aria-label={label} tabIndex={0}>
      <div style={{ '--table-width': `${minWidth}px` } as CSSProperties}>
        <Table<Row>
          size="small"
          pagination={false}
          locale={empty ? { emptyText: <p className={css.empty}>{empty}</p> } : undefined}
          columns={columns?.map(stackable)}
          {...table}
        />
      </div>
    </section>
  );
}

type Column<Row> = NonNullable<TableProps<Row>['columns']>[number];

/**
 * Each cell carries its column's title: where rows are stacked there is no head above it. Alignment is a class, because a
 * style of the cell could not be undone there.
 */
function stackable<Row>({ align, ...column }: Column<Row>): Column<Row> {
  const { title, onCell, className } = column;
  const label = typeof title === 'string' && title !== '' ? { 'data-label': title } : {};
  return {
    ...column,
    className: cx(className, align === 'right' && styles.right),
    onCell: (row, index) => ({ ...onCell?.(row, index), ...label }),
  };
}
