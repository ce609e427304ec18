import { findColumn } from '@/metrics/model/dataset';
import { NotCompilable } from '../expression';
import { type Fragment, ident, join, param, sql, text } from '../sql/fragment';
import { deadlineInForce, firstDone, type ItemTable, isInState, movesBetween } from './item-rows';

/**
 * The nodes of 13710 (calculus.md §24): until when, what fulfils it beside settling the item, and for which items, by what
 * they are when the node passes.
 */
const NODES: readonly { deadline: string; fulfilledBy?: string; only?: string }[] = [
  { deadline: 'deadline1', fulfilledBy: 'deploy' },
  { deadline: 'deadline3', fulfilledBy: 'feedback' },
  { deadline: 'deadline7', only: 'general' },
  { deadline: 'deadline30', fulfilledBy: 'plan', only: 'complex' },
  { deadline: 'final_deadline' },
];
const FIRST = 'assign';
const OPENING = [FIRST, 'reopen'];
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
      sql`${isOneOf([FIRST])} AS is_first`,
      ...NODES.flatMap(({ deadline, fulfilledBy, only }, i) => [
        sql`${ident(deadline)} AS ${ident(`event_deadline_${i}`)}`,
        sql`${only === undefined ? sql`1` : sql`toString(complexity) = ${text(only)}`} AS ${ident(`is_bound_${i}`)}`,
        sql`${fulfilledBy === undefined ? sql`0` : isOneOf([fulfilledBy])} AS ${ident(`is_done_${i}`)}`,
      ]),
    ],
    items: [
      movesBetween(sql`is_opening`, sql`is_closing`, undefined, sql`is_first`),
      ...NODES.flatMap((_, i) => [
        sql`${deadlineInForce(ident(`event_deadline_${i}`))} AS ${ident(`deadline_${i}_s`)}`,
        sql`${firstDone(ident(`is_done_${i}`))} AS ${ident(`done_${i}_s`)}`,
        movesBetween(ident(`is_bound_${i}`), sql`NOT ${ident(`is_bound_${i}`)}`, ident(`bound_${i}`)),
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
    const isBound = isInState(deadline, ident(`bound_${i}`));
    return sql`(${deadline} > 0 AND ${deadline} <= ${second} AND ${done} >= ${second} AND ${isBound})`;
  });
  return sql`(${openAt(second)} AND (${join(nodes, ' OR ')}))`;
}
