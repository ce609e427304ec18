import type { DatasetContract } from '@/metrics/model/dataset';
import { type Fragment, ident, join, sql, text } from '../sql/fragment';
import { instant, ZONE } from '../sql/time';
import type { RowSlice } from './resolve';

/** How the events of an item become one row. */
export interface ItemTable {
  contract: DatasetContract;
  /** Column that tells items apart. */
  item: Fragment;
  /** Which events count. */
  condition: Fragment;
  slices: readonly RowSlice[];
  nowMs: number;
  /** `expression AS name` over an event, … */
  events: readonly Fragment[];
  /** … and over the events of an item, by these names and `event_s`, the second at which each happened. */
  items: readonly Fragment[];
}

/** An item's slice by its place among those of the table. */
export const itemSlice = (place: number): Fragment => ident(`item_slice_${place}`);

/**
 * A SELECT of one row an item: place and slices are those of its newest event, its business time that of the first.
 * What happens after now has not happened. `near`: a further condition on the events, to read fewer.
 */
export function itemRows(table: ItemTable, near: Fragment = sql`1`): Fragment {
  const { contract, item, condition, slices, nowMs, events, items } = table;
  const at = ident(contract.businessTime);
  const named = slices.map(({ value }, i) => ({
    value,
    event: ident(`event_slice_${i}`),
    item: itemSlice(i),
  }));
  const also = (fragments: readonly Fragment[]) =>
    join(
      fragments.map((one) => sql`, ${one}`),
      '',
    );
  const rows = sql`
    SELECT ${item} AS item_id, ${ident(contract.regionColumn)} AS event_region, ${at} AS event_at, is_demo AS event_demo,
      (${at}, ${contract.key.map((key) => sql`toString(${ident(key)})`)}) AS place, ${secondsOf(sql`toDateTime(${at}, ${text(ZONE)})`)} AS event_s${also(events)}${also(
        named.map(({ value, event }) => sql`${value} AS ${event}`),
      )}
    FROM ${ident(contract.name)} FINAL
    WHERE ${condition} AND ${at} <= ${instant(nowMs)} AND ${near}`;
  return sql`
    SELECT argMax(event_region, place) AS ${ident(contract.regionColumn)}, min(event_at) AS ${at}, max(event_demo) AS is_demo${also(items)}${also(
      named.map(({ event, item: made }) => sql`argMax(${event}, place) AS ${made}`),
    )}
    FROM (${rows})
    GROUP BY item_id`;
}

export function secondsOf(moment: Fragment): Fragment {
  return sql`toInt64(toUnixTimestamp(${moment}))`;
}

/**
 * The deadline of an item, in seconds, 0 for none: an extension counts only when it was approved before the deadline
 * then in force; a later one does not undo that the item is overdue (calculus.md §24).
 */
export function deadlineInForce(deadline: Fragment): Fragment {
  const steps = sql`arraySort(groupArrayIf((event_s, ${secondsOf(sql`assumeNotNull(${deadline})`)}), isNotNull(${deadline})))`;
  return sql`arrayFold((held, step) -> if(held = 0 OR step.1 < held, step.2, held), ${steps}, toInt64(0))`;
}

const MOVES = ident('moves');

/**
 * Events that begin and end a state of the item, oldest first: (second, place within it, whether it begins). Of one second
 * `first` comes first, whatever it does: a source that knows days only assigns and settles an item at the same midnight.
 */
export function movesBetween(
  begins: Fragment,
  ends: Fragment,
  name: Fragment = MOVES,
  first: Fragment = sql`0`,
): Fragment {
  return sql`arraySort(groupArrayIf((event_s, if(${first}, 0, 1), toUInt8(${begins})), ${begins} OR ${ends})) AS ${name}`;
}

/** Whether the newest such event before a second begins the state. */
export function isInState(second: Fragment, moves: Fragment = MOVES): Fragment {
  return sql`tupleElement(arrayLast(move -> move.1 < ${second}, ${moves}), 3) = 1`;
}

/** When something was first done, in seconds; far away when never. */
export function firstDone(done: Fragment): Fragment {
  return sql`if(countIf(${done}) = 0, toInt64(4294967295), minIf(event_s, ${done}))`;
}
