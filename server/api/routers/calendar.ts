import { procedure, router } from '@/server/api/trpc';
import { listHolidays } from '@/server/services/calendar/list';
import { putHolidays, putHolidaysInput } from '@/server/services/calendar/put';
import { listReleases } from '@/server/services/calendar/releases';
import { removeHolidays, removeHolidaysInput } from '@/server/services/calendar/remove';

export const calendarRouter = router({
  holidays: procedure.query(({ ctx }) => listHolidays(ctx)),
  put: procedure.input(putHolidaysInput).mutation(({ ctx, input }) => putHolidays(ctx, input)),
  remove: procedure.input(removeHolidaysInput).mutation(({ ctx, input }) => removeHolidays(ctx, input)),
  /** What is expected when. */
  releases: procedure.query(({ ctx }) => listReleases(ctx)),
});
