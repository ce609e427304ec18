import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { assertCan } from '@/server/access/roles';
import { readHolidayTables } from '@/server/calendar/holidays';
import type { Context } from '@/server/context';
import { holidayYear } from '@/server/db/schema/registry';
import { AppError } from '@/server/errors';
import { bumpDataVersion } from '@/server/observations/append';
import { recordAudit } from '@/server/services/audit/record';
import { type CalendarChange, namesOf, sameDays } from './put';
import { affectedByYear, announceCalendar, queueReopened } from './reopen';

export const removeHolidaysInput = z.object({ year: z.number({ error: '年份应为四位数字' }).int() });

/**
 * Takes back an operator's own table: the shipped one counts again, or the year is judged by weekdays.
 * @throws AppError `not_found` where the year has no own table; a shipped one cannot be removed, only corrected.
 */
export async function removeHolidays(
  ctx: Context,
  input: z.input<typeof removeHolidaysInput>,
): Promise<CalendarChange> {
  assertCan(ctx.actor, 'calendar:write');
  const { year } = removeHolidaysInput.parse(input);
  const affected = await affectedByYear(ctx, year);
  const change = await ctx.db.transaction(async (tx) => {
    const [own] = await tx.delete(holidayYear).where(eq(holidayYear.year, year)).returning();
    if (!own) throw new AppError('not_found', `${year} 年没有自行维护的放假安排`, { place: 'year' });
    const after = (await readHolidayTables({ db: tx })).find((table) => table.year === year);
    const reopened = after && sameDays(own, after) ? [] : affected;
    await queueReopened(tx, ctx.clock, reopened);
    await recordAudit(
      { ...ctx, db: tx },
      {
        action: 'calendar.remove',
        entity: 'calendar',
        entityId: String(year),
        details: {
          source: own.source,
          off: own.off,
          work: own.work,
          backTo: after ? after.origin : null,
          recomputing: namesOf(reopened),
        },
      },
    );
    return { reopened, version: await bumpDataVersion({ clock: ctx.clock, db: tx }) };
  });
  announceCalendar(ctx, change.version);
  return { year, recomputing: change.reopened.map(({ title }) => title) };
}
