import type { DatasetContract } from '@/metrics/model/dataset';
import { findColumn } from '@/metrics/model/dataset';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import { compileCondition, type ExpressionScope, NotCompilable } from '../expression';
import { assertFunctionRollup } from '../layers/resolve';
import { type Fragment, ident, param, sql, text } from '../sql/fragment';
import { dayStart, instant, ZONE } from '../sql/time';
import { usesWorkdays } from '../workdays';
import { countOf } from './aggregate';
import {
  deadlineInForce,
  type ItemTable,
  isInState,
  itemRows,
  itemSlice,
  movesBetween,
  secondsOf,
} from './item-rows';
import { addsUpOverTime, type RowMetric, slicesOf } from './resolve';
import { derivedRows, type RowTable } from './row-table';
import { withheldMonths } from './suitable';
import { openAt, overdueAt, supervisedTable } from './supervised';

/** Functions of items, each of which is made of the rows of its events (calculus.md §24). */
export const ITEM_FUNCTIONS = ['due_rate', 'settled_rate', 'supervised_open', 'supervised_overdue'];

/** Counted at the end of days: what was due, done or open by then. */
export function isAsOf({ fn, rows }: AggregatedDefinition): boolean {
  return rows === 'as_of' || (fn !== undefined && fn.name !== 'due_rate' && ITEM_FUNCTIONS.includes(fn.name));
}

/** Last second before the deadline, whose day and month the item is due in: a deadline of midnight ends the day before. */
const DUE_AT = 'due_at';
/** Cancellations of an item, and what takes them back. */
const CANCELS = ident('cancels');
/** Events by which an item becomes, or is no longer, one that the definition means. */
const MEANT = ident('meant');
/** The second at which the day of a stock ends. */
const DAY_END = secondsOf(dayStart(sql`as_of_day + 1`));

interface Resolved {
  table: RowTable;
  time: string;
  /** Items that count, and of a share those that it is of. */
  counted: Fragment;
  of?: Fragment;
}

/** @throws NotCompilable with the reason in words. */
export function resolveItems(
  definition: AggregatedDefinition,
  version: number,
  contract: DatasetContract,
  scope: ExpressionScope,
  nowMs: number,
): RowMetric {
  assertFunctionRollup(definition);
  const { slices, unknownSlices } = slicesOf(definition, contract, scope);
  const item = columnOf(contract, definition.fn?.args.item);
  const condition = compileCondition(definition.where, scope);
  const base = { contract, item: ident(item.name), condition, slices, nowMs };
  const { table, time, counted, of } = definition.fn?.name.startsWith('supervised_')
    ? supervised(definition, base)
    : share(definition, base, scope);
  const withheld = withheldMonths(definition);
  return {
    code: definition.code,
    version,
    definition,
    table,
    time,
    numerator: countOf(counted),
    ...(of ? { denominator: countOf(of) } : {}),
    samples: countOf(of ?? sql`1`),
    factor: param(String(definition.factor * (of ? 100 : 1)), 'Decimal(38, 10)'),
    slices: slices.map(({ name }, i) => ({ name, value: itemSlice(i) })),
    unknownSlices,
    withheld,
    additiveOverTime: addsUpOverTime(definition, withheld),
    byQuarter: definition.freq === 'Q',
    byCity: false,
    needsHeld: false,
    usesWorkdays: usesWorkdays(definition),
  };
}

function columnOf(contract: DatasetContract, name: unknown) {
  const column = findColumn(contract, String(name ?? ''));
  if (!column) throw new NotCompilable(`没有列“${String(name ?? '')}”`);
  return column;
}

type Base = Omit<ItemTable, 'events' | 'items'>;

function supervised(definition: AggregatedDefinition, base: Base): Resolved {
  const table = supervisedTable(base);
  const isOverdue = definition.fn?.name === 'supervised_overdue';
  return {
    table: derivedRows(() => sql`(${itemRows(table)})`),
    time: base.contract.businessTime,
    counted: isOverdue ? overdueAt(DAY_END) : openAt(DAY_END),
  };
}

/** Of the items due in a period those done in time; of those due by the end of it those done by then. */
function share(definition: AggregatedDefinition, base: Base, scope: ExpressionScope): Resolved {
  const { contract, item, condition } = base;
  const { deadline: name, done, undone, restored, cancelled } = definition.fn?.args ?? {};
  const given = (text: unknown) => compileCondition(String(text ?? 'false'), scope);
  const column = columnOf(contract, name);
  if (column.type !== 'date' && column.type !== 'datetime')
    throw new NotCompilable(`“${column.name}”不是日期或时刻`);
  const deadline = column.type === 'date' ? dayStart(sql`${ident(column.name)} + 1`) : ident(column.name);
  const table: ItemTable = {
    ...base,
    condition: sql`1`,
    events: [
      sql`${condition} AS is_meant`,
      sql`${deadline} AS event_deadline`,
      sql`${compileCondition(String(done ?? ''), scope)} AS is_done`,
      sql`${given(undone)} AS is_undone`,
      sql`${given(restored)} AS is_restored`,
      sql`${given(cancelled)} AS is_cancelled`,
    ],
    items: [
      sql`${deadlineInForce(sql`event_deadline`)} AS deadline_s`,
      movesBetween(sql`is_done`, sql`is_undone`),
      movesBetween(sql`is_cancelled`, sql`(is_undone OR is_restored)`, CANCELS),
      movesBetween(sql`is_meant`, sql`NOT is_meant`, MEANT),
    ],
  };
  const isSettled = definition.fn?.name === 'settled_rate';
  const from: RowTable['from'] = (window) => {
    // An item can only be due in the window when one of its deadlines is.
    const near =
      window && !isSettled
        ? sql`${item} IN (SELECT ${item} FROM ${ident(contract.name)} FINAL WHERE ${deadline} > ${instant(window.fromMs)} AND ${deadline} <= ${instant(window.toMs)})`
        : sql`1`;
    return sql`(SELECT *, toDateTime(deadline_s - 1, ${text(ZONE)}) AS ${ident(DUE_AT)} FROM (${itemRows(table, near)}) WHERE deadline_s > 0)`;
  };
  // An item may become another kind (重大复杂): what it is when its deadline passes decides, and it keeps all of its events.
  const isMeant = isInState(sql`deadline_s`, MEANT);
  // What was cancelled by then is nobody's to do; a cancellation after the deadline does not undo that it was missed.
  const due = isSettled
    ? sql`(${isMeant} AND deadline_s <= ${DAY_END} AND NOT ${isInState(DAY_END, CANCELS)})`
    : sql`(${isMeant} AND NOT ${isInState(sql`deadline_s`, CANCELS)})`;
  return {
    table: derivedRows(from),
    time: isSettled ? contract.businessTime : DUE_AT,
    // Done and reopened before the deadline is not done by it (§24); what happens after it changes nothing.
    counted: sql`(${due} AND ${isInState(isSettled ? DAY_END : sql`deadline_s`)})`,
    of: due,
  };
}
