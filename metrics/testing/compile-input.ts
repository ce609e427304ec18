import type { CompileInput } from '@/metrics/compile/types';
import { TICKETS } from './contracts';
import { sample } from './definitions';

const at = (text: string) => Date.parse(`${text}+08:00`);

/** A job's compilation of one day's rows for tests that look at the plan; standards of the air are left empty. */
export function compileInput(members: Partial<CompileInput> = {}): CompileInput {
  return {
    scope: 'system',
    contract: TICKETS,
    definitions: [{ definition: sample.aggregated(), version: 3 }],
    freqs: ['D', 'M', 'A'],
    window: { fromMs: at('2026-03-10T00:00:00'), toMs: at('2026-03-11T00:00:00') },
    deadlines: ['due_ts'],
    nowMs: at('2026-04-10T12:00:00'),
    province: 140000,
    cities: [140100, 140200],
    counties: [140105, 140106, 140213],
    air: {
      levels: [],
      editions: [],
      limits: [],
      validity: {
        hoursPer8h: 6,
        hoursPerDay: 20,
        windowsPerO3Day: 14,
        o3ExceptionAbove: 160,
        daysPerMonth: 27,
        daysPerFebruary: 25,
        daysPerYear: 324,
      },
    },
    workdays: { offWeekdays: [], extraWorkdays: [], years: [] },
    ...members,
  };
}
