import { asc } from 'drizzle-orm';
import { type HolidayYear, type WorkCalendar, workCalendar } from '@/metrics/time/calendar';
import { SHIPPED_HOLIDAYS } from '@/metrics/time/holidays';
import type { Stores } from '@/server/context';
import type { Transaction } from '@/server/db/client';
import { holidayYear } from '@/server/db/schema/registry';

/** A holiday table as it counts here, and whose it is. */
export interface HolidayTable extends HolidayYear {
  /** `own`: an operator's; it stands in for a shipped table of the same year. */
  origin: 'shipped' | 'own';
  /** A shipped table of this year exists, to which removing an own one leads back. */
  shipped: boolean;
  /** null for a shipped table. */
  updatedMs: number | null;
  updatedBy: string | null;
}

/** The tables that count, earliest year first. */
export async function readHolidayTables(stores: { db: Stores['db'] | Transaction }): Promise<HolidayTable[]> {
  const own = await stores.db.select().from(holidayYear).orderBy(asc(holidayYear.year));
  const shippedYears = new Set(SHIPPED_HOLIDAYS.map(({ year }) => year));
  const ownYears = new Set(own.map(({ year }) => year));
  return [
    ...SHIPPED_HOLIDAYS.filter(({ year }) => !ownYears.has(year)).map(
      (table): HolidayTable => ({
        ...table,
        origin: 'shipped',
        shipped: true,
        updatedMs: null,
        updatedBy: null,
      }),
    ),
    ...own.map(
      ({ year, off, work, source, updatedAt, updatedBy }): HolidayTable => ({
        year,
        off,
        work,
        source,
        origin: 'own',
        shipped: shippedYears.has(year),
        updatedMs: updatedAt.getTime(),
        updatedBy,
      }),
    ),
  ].sort((a, b) => a.year - b.year);
}

/**
 * The calendar that everything counts working days by. A dozen rows, read anew each time: another process may have
 * changed them.
 */
export async function readWorkCalendar(stores: Pick<Stores, 'db'>): Promise<WorkCalendar> {
  return workCalendar(await readHolidayTables(stores));
}
