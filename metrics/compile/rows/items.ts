import type { DatasetContract } from '@/metrics/model/dataset';
import { findColumn } from '@/metrics/model/dataset';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import { compileCondition, type ExpressionScope, NotCompilable } from '../expression';
import { type Fragment, ident, join, param, sql, text } from '../sql/fragment';
import { dayStart, instant, ZONE } from '../sql/time';
import type { Window } from '../types';
import { usesWorkdays } from '../workdays';
import { countOf } from './aggregate';
import { addsUpOverTime, type RowMetric, type RowSlice, slicesOf } from './resolve';
import { derivedRows } from './row-table';
import { assertRollup, withheldMonths } from './suitable';

/** Shares of supervised items: one item is made of the rows of its events (calculus.md §24). */
export const ITEM_FUNCTIONS = ['due_rate', 'settled_rate'];

/** Counted at the end of days: what was due by then, and what of it is done. */
export function isAsOf({ fn, rows }: AggregatedDefinition): boolean {
  return rows === 'as_of' || fn?.name === 'settled_rate';
}

/** Last second before the deadline, whose day and month the item is due in: a deadline of midnight ends the day before. */
const DUE_AT = 'due_at';
const DEADLINE = ident('deadline_at');
const DONE = ident('done_at');
/** An item that was never done. */
const NEVER = sql`toDateTime('2106-01-01 00:00:00', 'Asia/Shanghai')`;

/** @throws NotCompilable with the reason in words. */
export function resolveItems(
  definition: AggregatedDefinition,
  version: number,
  contract: DatasetContract,
  scope: ExpressionScope,
  nowMs: number,
): RowMetric {
  const args = definition.fn?.args ?? {};
  const columnOf = (name: string) => {
    const column = findColumn(contract, String(args[name] ?? ''));
    if (!column) throw new NotCompilable(`没有列“${String(args[name] ?? '')}”`);
    return column;
  };
  const [item, deadline] = [columnOf('item'), columnOf('deadline')];
  if (deadline.type !== 'date' && deadline.type !== 'datetime')
    throw new NotCompilable(`“${deadline.name}”不是日期或时刻`);
  if (definition.rollup !== 'ratio_of_sums')
    throw new NotCompilable(`上卷方式 ${definition.rollup} 不能用于按期比率`, 'unsupported_rollup');
  assertRollup(definition);
  const isSettled = isAsOf(definition);
  const withheld = withheldMonths(definition);
  const { slices, unknownSlices } = slicesOf(definition, contract, scope);
  const named = slices.map((slice, i) => ({ ...slice, alias: ident(`event_slice_${i}`) }));
  const pivot: Pivot = {
    contract,
    item: ident(item.name),
    deadline: deadline.type === 'date' ? dayStart(sql`${ident(deadline.name)} + 1`) : ident(deadline.name),
    condition: compileCondition(definition.where, scope),
    done: compileCondition(String(args.done ?? ''), scope),
    slices: named,
    nowMs,
  };
  const end = dayStart(sql`as_of_day + 1`);
  const due = isSettled ? sql`${DEADLINE} <= ${end}` : sql`1`;
  const done = isSettled ? sql`${DEADLINE} <= ${end} AND ${DONE} < ${end}` : sql`${DONE} < ${DEADLINE}`;
  return {
    code: definition.code,
    version,
    definition,
    table: derivedRows((window) => itemRows(pivot, isSettled ? undefined : window)),
    time: isSettled ? contract.businessTime : DUE_AT,
    numerator: countOf(done),
    denominator: countOf(due),
    samples: countOf(due),
    factor: param(String(definition.factor * 100), 'Decimal(38, 10)'),
    slices: named.map(({ name }, i) => ({ name, value: aliasOf(i) })),
    unknownSlices,
    withheld,
    additiveOverTime: addsUpOverTime(definition, withheld),
    byQuarter: definition.freq === 'Q',
    byCity: false,
    needsHeld: false,
    usesWorkdays: usesWorkdays(definition),
  };
}

interface Pivot {
  contract: DatasetContract;
  item: Fragment;
  /** Instant at which the time is up. */
  deadline: Fragment;
  condition: Fragment;
  done: Fragment;
  slices: readonly (RowSlice & { alias: Fragment })[];
  nowMs: number;
}

/**
 * One row an item: where it is, when it is due and when it was first done. An extension counts only when it was
 * approved before the deadline then in force; a later one does not undo that the item is overdue. Place and slices are
 * those of the newest event. What happens after now has not happened.
 */
function itemRows(pivot: Pivot, window?: Window): Fragment {
  const { contract, item, deadline, condition, done, slices, nowMs } = pivot;
  const at = ident(contract.businessTime);
  const seconds = (moment: Fragment) => sql`toInt64(toUnixTimestamp(${moment}))`;
  const rows = sql`${ident(contract.name)} FINAL`;
  // An item can only be due in the window when one of its deadlines is.
  const near = window
    ? sql` AND ${item} IN (SELECT ${item} FROM ${rows} WHERE ${deadline} > ${instant(window.fromMs)} AND ${deadline} <= ${instant(window.toMs)})`
    : sql``;
  const events = sql`
    SELECT ${item} AS item_id, ${ident(contract.regionColumn)} AS event_region, ${at} AS event_at, is_demo AS event_demo,
      (${at}, ${contract.key.map((key) => sql`toString(${ident(key)})`)}) AS place, ${seconds(sql`toDateTime(${at}, ${text(ZONE)})`)} AS event_s,
      ${deadline} AS event_deadline, ${done} AS is_done${join(
        slices.map(({ value, alias }) => sql`, ${value} AS ${alias}`),
        '',
      )}
    FROM ${rows}
    WHERE ${condition} AND ${at} <= ${instant(nowMs)}${near}`;
  const steps = sql`arraySort(groupArrayIf((event_s, ${seconds(sql`assumeNotNull(event_deadline)`)}), isNotNull(event_deadline)))`;
  const items = sql`
    SELECT argMax(event_region, place) AS ${ident(contract.regionColumn)}, min(event_at) AS ${at}, max(event_demo) AS is_demo,
      arrayFold((held, step) -> if(held = 0 OR step.1 < held, step.2, held), ${steps}, toInt64(0)) AS deadline_s,
      if(countIf(is_done) = 0, ${NEVER}, toDateTime(minIf(event_s, is_done), ${text(ZONE)})) AS ${DONE}${join(
        slices.map(({ alias }, i) => sql`, argMax(${alias}, place) AS ${aliasOf(i)}`),
        '',
      )}
    FROM (${events})
    GROUP BY item_id`;
  return sql`(
    SELECT *, toDateTime(deadline_s, ${text(ZONE)}) AS ${DEADLINE}, toDateTime(deadline_s - 1, ${text(ZONE)}) AS ${ident(DUE_AT)}
    FROM (${items})
    WHERE deadline_s > 0
  )`;
}

const aliasOf = (i: number) => ident(`item_slice_${i}`);
