import { z } from 'zod';
import { holidayYearFindings } from '@/metrics/time/calendar';
import { assertCan } from '@/server/access/roles';
import { type HolidayTable, readHolidayTables } from '@/server/calendar/holidays';
import type { Context } from '@/server/context';
import { holidayYear } from '@/server/db/schema/registry';
import { AppError } from '@/server/errors';
import { bumpDataVersion } from '@/server/observations/append';
import { recordAudit } from '@/server/services/audit/record';
import { affectedByYear, announceCalendar, queueReopened, type Reopened } from './reopen';

const days = z.array(z.string().trim().max(32)).max(200, '一年最多 200 天');

export const putHolidaysInput = z.object({
  year: z
    .number({ error: '年份应为四位数字' })
    .int('年份应为四位数字')
    .min(1992, '年份应在 1992–2100 之间')
    .max(2100, '年份应在 1992–2100 之间'),
  /** 'YYYY-MM-DD', weekend days inside a holiday included. */
  off: days,
  work: days,
  source: z.string().trim().max(300, '来源最多 300 字'),
});
export type PutHolidaysInput = z.input<typeof putHolidaysInput>;

export interface CalendarChange {
  year: number;
  /** Datasets that are computed again because of it, by their Chinese names. */
  recomputing: string[];
}

/**
 * Adds or corrects a year; a shipped table of that year gives way. What counted working days in that year is computed
 * again.
 * @throws AppError `bad_input` with every finding.
 */
export async function putHolidays(ctx: Context, input: PutHolidaysInput): Promise<CalendarChange> {
  assertCan(ctx.actor, 'calendar:write');
  const table = putHolidaysInput.parse(input);
  const findings = holidayYearFindings(table);
  const [first] = findings;
  if (first)
    throw new AppError('bad_input', findings.map(({ message }) => message).join(';'), {
      place: first.place,
      details: findings,
    });
  const { year, source } = table;
  const off = [...table.off].sort();
  const work = [...table.work].sort();
  const affected = await affectedByYear(ctx, year);
  const change = await ctx.db.transaction(async (tx) => {
    const before = (await readHolidayTables({ db: tx })).find((one) => one.year === year);
    const reopened = before && sameDays(before, { off, work }) ? [] : affected;
    const row = { off, work, source, updatedAt: new Date(ctx.clock.nowMs()), updatedBy: ctx.actor.name };
    await tx
      .insert(holidayYear)
      .values({ year, ...row })
      .onConflictDoUpdate({ target: holidayYear.year, set: row });
    await queueReopened(tx, ctx.clock, reopened);
    await recordAudit(
      { ...ctx, db: tx },
      {
        action: 'calendar.put',
        entity: 'calendar',
        entityId: String(year),
        details: { source, off, work, replaces: before?.origin ?? null, recomputing: namesOf(reopened) },
      },
    );
    return { reopened, version: await bumpDataVersion({ clock: ctx.clock, db: tx }) };
  });
  announceCalendar(ctx, change.version);
  return { year, recomputing: change.reopened.map(({ title }) => title) };
}

export function namesOf(reopened: readonly Reopened[]): string[] {
  return reopened.map(({ dataset }) => dataset);
}

export function sameDays(
  a: Pick<HolidayTable, 'off' | 'work'>,
  b: Pick<HolidayTable, 'off' | 'work'>,
): boolean {
  const text = ({ off, work }: Pick<HolidayTable, 'off' | 'work'>) =>
    JSON.stringify([[...off].sort(), [...work].sort()]);
  return text(a) === text(b);
}
