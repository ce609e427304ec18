import type { DatasetContract } from '@/metrics/model/dataset';
import { type Fragment, ident, render, sql } from '../sql/fragment';
import type { Window } from '../types';

/** What a metric's rows are: the dataset's own, or things that several of them make (rows/items.ts). */
export interface RowTable {
  /** Equal for equal rows: metrics of one table and time share a pass. */
  key: string;
  /** What stands after FROM; what the window's periods do not need may be left out. */
  from(window?: Window): Fragment;
}

/** Rows of the dataset, the newest version of each; deleted ones are left out by FINAL. */
export function datasetRows({ name }: DatasetContract): RowTable {
  return { key: '', from: () => sql`${ident(name)} FINAL` };
}

export function derivedRows(from: RowTable['from']): RowTable {
  return { key: JSON.stringify(render(from())), from };
}
