import { z } from 'zod';
import { civilOf } from '@/metrics/time/zone';
import { assertCan } from '@/server/access/roles';
import { type HolidayTable, readHolidayTables } from '@/server/calendar/holidays';
import type { Context } from '@/server/context';
import { AppError } from '@/server/errors';

export const listHolidaysInput = z.object({
  year: z.coerce.number({ error: 'year 应为四位年份' }).int('year 应为四位年份').optional(),
});
export type ListHolidaysInput = z.input<typeof listHolidaysInput>;

export interface HolidayList {
  /** Earliest year first. */
  tables: HolidayTable[];
  /** This year and the next where they have no table: working days of theirs are Monday to Friday for now. */
  missingYears: number[];
}

/**
 * The holiday tables that count, with source and origin.
 * @throws AppError `not_found` for a named year without a table: an empty one would read as a year without holidays.
 */
export async function listHolidays(ctx: Context, input: ListHolidaysInput = {}): Promise<HolidayList> {
  assertCan(ctx.actor, 'calendar:read');
  const { year } = listHolidaysInput.parse(input);
  const all = await readHolidayTables(ctx);
  const tables = year === undefined ? all : all.filter((table) => table.year === year);
  if (year !== undefined && tables.length === 0)
    throw new AppError('not_found', `${year} 年没有放假安排,工作日按周一至周五计`, { place: 'year' });
  const thisYear = civilOf(ctx.clock.nowMs()).year;
  const missingYears = [thisYear, thisYear + 1].filter((one) => !all.some((table) => table.year === one));
  return { tables, missingYears };
}

/** A table as other systems read it. */
export function publicHolidays({ year, off, work, source, origin, updatedMs }: HolidayTable) {
  const updatedAt = updatedMs === null ? null : new Date(updatedMs).toISOString();
  return { year, off, work, source, origin, updatedAt };
}
