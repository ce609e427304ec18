'use client';

import type { TableProps } from 'antd';
import Link from 'next/link';
import type { ApiOutputs } from '@/components/trpc/outputs';
import css from './console.module.css';
import { DataTable } from './DataTable';
import { Mark } from './Mark';
import { type Edits, headersOf, titlesOf } from './mend';

type Rejected = ApiOutputs['loads']['rejects']['rows'][number];

interface Props {
  rows: Rejected[];
  edits: Edits;
  /** Absent: to be read only. */
  onEdit: ((row: number, header: string, text: string) => void) | undefined;
}

const MIN_CELL_PX = 110;
const MAX_CELL_PX = 240;
const LETTER_PX = 9;

/** Wide enough for what stands in it, within reason: ideographs count twice. */
function cellPx(header: string, rows: readonly Rejected[]): number {
  const texts = rows.map(({ cells }) => cells.find((cell) => cell.header === header)?.text ?? '');
  const longest = Math.max(...[header, ...texts].map((text) => text.replace(/[^\x20-\x7e]/g, 'xx').length));
  return Math.min(MAX_CELL_PX, Math.max(MIN_CELL_PX, longest * LETTER_PX + 32));
}

/** Every rejected row as it was given, with what is wrong with it; the cell at fault is marked, a mended row is closed. */
export function MendTable({ rows, edits, onEdit }: Props) {
  const headers = headersOf(rows);
  const titles = titlesOf(rows);
  const columns: TableProps<Rejected>['columns'] = [
    { title: '行', key: 'row', width: 64, align: 'right', render: (_, { row }) => row },
    {
      title: '问题',
      key: 'reason',
      width: 220,
      render: (_, { column, columnTitle, reason, mendedBy }) => {
        const name = columnTitle ?? column;
        return (
          <>
            {/* Most reasons name their column themselves. */}
            {reason.includes(name) ? reason : `${name}:${reason}`}
            {mendedBy ? (
              <div>
                <Mark tone="good">
                  <Link href={`/console/loads/${mendedBy}`}>已在后续批次修正</Link>
                </Mark>
              </div>
            ) : null}
          </>
        );
      },
    },
    ...headers.map((header) => ({
      title: titles.has(header) ? (
        <>
          {titles.get(header)}
          <div className={css.codeBelow}>{header}</div>
        </>
      ) : (
        header
      ),
      key: `cell ${header}`,
      width: cellPx(header, rows),
      render: (_: unknown, row: Rejected) => {
        const given = row.cells.find((cell) => cell.header === header)?.text ?? '';
        if (!onEdit || row.mendedBy) return <span className={css.breakable}>{given}</span>;
        const text = edits.get(row.row)?.get(header) ?? given;
        return (
          <input
            className={css.input}
            aria-label={`第 ${row.row} 行 ${titles.get(header) ?? header}`}
            aria-invalid={row.column === header && text === given}
            data-changed={text !== given}
            value={text}
            onChange={(event) => onEdit(row.row, header, event.target.value)}
          />
        );
      },
    })),
  ];
  return (
    <DataTable
      label="拒收的行"
      minWidth={284 + headers.reduce((sum, header) => sum + cellPx(header, rows), 0)}
      rowKey="row"
      dataSource={rows}
      columns={columns}
      empty="这一页没有拒收的行"
    />
  );
}
