import { findColumn } from '@/metrics/model/dataset';
import { NotCompilable } from '../expression';
import { type Fragment, ident, join, param, sql, text } from '../sql/fragment';
import { deadlineInForce, firstDone, type ItemTable, isInState, movesBetween } from './item-rows';

/** The nodes of 13710 (calculus.md §24): until when, what fulfils it beside settling the item, and for which items. */
const NODES: readonly { deadline: string; fulfilledBy?: string; only?: string }[] = [
  { deadline: 'deadline1', fulfilledBy: 'deploy' },
  { deadline: 'deadline3', fulfilledBy: 'feedback' },
  { deadline: 'deadline7', only: 'general' },
  { deadline: 'deadline30', fulfilledBy: 'plan', only: 'complex' },
  { deadline: 'final_deadline' },
];
const OPENING = ['assign', 'reopen'];
const CLOSING = ['close', 'cancel'];

/** @throws NotCompilable where the dataset has not the columns of such items. */
export function supervisedTable(base: Omit<ItemTable, 'events' | 'items'>): ItemTable {
  const needed = ['event', 'complexity', ...NODES.map(({ deadline }) => deadline)];
  const missing = needed.find((column) => !findColumn(base.contract, column));
  if (missing !== undefined)
    throw new NotCompilable(`数据集没有督办事项的列“${missing}”`, 'unsupported_function');
  const isOneOf = (events: readonly string[]) =>
    sql`has(${param([...events], 'Array(String)')}, toString(event))`;
  return {
    ...base,
    events: [
      sql`${isOneOf(OPENING)} AS is_opening`,
      sql`${isOneOf(CLOSING)} AS is_closing`,
      ...NODES.flatMap(({ deadline, fulfilledBy, only }, i) => [
        sql`${only === undefined ? ident(deadline) : sql`if(toString(complexity) = ${text(only)}, ${ident(deadline)}, NULL)`} AS ${ident(`event_deadline_${i}`)}`,
        sql`${fulfilledBy === undefined ? sql`0` : isOneOf([fulfilledBy])} AS ${ident(`is_done_${i}`)}`,
      ]),
    ],
    items: [
      movesBetween(sql`is_opening`, sql`is_closing`),
      ...NODES.flatMap((_, i) => [
        sql`${deadlineInForce(ident(`event_deadline_${i}`))} AS ${ident(`deadline_${i}_s`)}`,
        sql`${firstDone(ident(`is_done_${i}`))} AS ${ident(`done_${i}_s`)}`,
      ]),
    ],
  };
}

/** Given out or reopened, and not settled or cancelled since, before a second. */
export function openAt(second: Fragment): Fragment {
  return isInState(second);
}

/** Open, with a node that has passed and is not fulfilled. */
export function overdueAt(second: Fragment): Fragment {
  const nodes = NODES.map((_, i) => {
    const [deadline, done] = [ident(`deadline_${i}_s`), ident(`done_${i}_s`)];
    return sql`(${deadline} > 0 AND ${deadline} <= ${second} AND ${done} >= ${second})`;
  });
  return sql`(${openAt(second)} AND (${join(nodes, ' OR ')}))`;
}
