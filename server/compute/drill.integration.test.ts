import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compileDataset } from '@/metrics/compile/compile';
import type { CompileInput } from '@/metrics/compile/types';
import { workdayTableOf } from '@/metrics/compile/workdays';
import { regionsOfLevel } from '@/metrics/regions/tree';
import { compileInput } from '@/metrics/testing/compile-input';
import { DAY_MS } from '@/metrics/time/zone';
import { readWorkCalendar } from '@/server/calendar/holidays';
import { AIR_RULES } from '@/server/compute/air-rules';
import { getDataset } from '@/server/datasets/registry';
import { readObservations } from '@/server/observations/read';
import { air, at, labelsOf, openWorld, ticket, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
});
afterAll(() => world.runtime.close());

const cell = z.object({
  metric: z.string(),
  freq: z.string(),
  region: z.coerce.number(),
  slice: z.string(),
  basis: z.string(),
  period_ms: z.coerce.number(),
  value: z.string().nullable(),
  numerator: z.string().nullable(),
  denominator: z.string().nullable(),
  sample_count: z.coerce.number(),
  status: z.string(),
  flags: z.array(z.string()),
});

const number = (text: string | null) => (text === null ? null : Number(text));
const key = (
  one: { metric: string; freq: string; region: number; basis: string; slice: string },
  ms: number,
) => [one.metric, one.freq, one.region, one.basis, one.slice, ms].join(' ');

const MARCH = { from: '2026-03-01T00:00:00', to: '2026-04-01T00:00:00' };

interface Question {
  dataset: string;
  metrics: readonly string[];
  regions: readonly number[];
  freqs: readonly ('H' | 'D' | 'M')[];
  from: string;
  to: string;
  stock?: boolean;
}

/** The definitions compiled for one region and stretch, as a person of that region asks, and run on the rows. */
async function asked(question: Question): Promise<Record<string, unknown>> {
  const { stores } = world.runtime;
  const entry = getDataset(question.dataset);
  const window = { fromMs: at(question.from), toMs: at(question.to) };
  const stretch: Partial<CompileInput> = question.stock
    ? { window: undefined, stockWindow: window }
    : { window };
  const plan = compileDataset(
    compileInput({
      scope: { regions: question.regions, domains: null },
      contract: entry.contract,
      definitions: question.metrics.map((code) => {
        const found = stores.registry.find(code);
        if (!found) throw new Error(`no metric ${code}`);
        return { definition: found.definition, version: found.version };
      }),
      freqs: question.freqs,
      deadlines: entry.mayBeFuture,
      nowMs: world.runtime.clock.nowMs(),
      cities: regionsOfLevel('city').map(({ code }) => code),
      counties: regionsOfLevel('county').map(({ code }) => code),
      air: AIR_RULES,
      workdays: workdayTableOf(await readWorkCalendar(stores)),
      // The rows of every case begin with the month.
      settledFromMs: at(MARCH.from) + (entry.settleDays ?? 0) * DAY_MS,
      ...stretch,
    }),
  );
  const answer: Record<string, unknown> = {};
  for (const { select } of plan.layers.flat()) {
    const rows = await stores.warehouse.jobs.rows({
      name: 'asked',
      sql: `SELECT metric, freq, region, slice, basis, toUnixTimestamp(period) * 1000 AS period_ms, toString(value) AS value,
          toString(numerator) AS numerator, toString(denominator) AS denominator, sample_count, status, flags
        FROM (${select.sql})`,
      params: select.params as never,
      row: cell,
    });
    for (const one of rows) answer[key(one, one.period_ms)] = facts({ ...one, sample: one.sample_count });
  }
  return answer;
}

function facts(one: {
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  sample: number;
  status: string;
  flags: readonly string[];
}): unknown {
  const { value, numerator, denominator, status, flags, sample } = one;
  return {
    parts: [value, numerator, denominator].map(number),
    sample,
    status,
    flags: [...flags].sort(),
  };
}

/** What the job stored for the same places and periods. */
async function stored({ metrics, freqs, regions, from, to }: Question): Promise<Record<string, unknown>> {
  const found = await readObservations(world.runtime.context(), {
    metrics,
    freq: freqs,
    regions,
    slices: 'all',
    fromMs: at(from),
    toMs: at(to),
  });
  const bases = found.filter(({ basis }) => basis !== 'ytd');
  return Object.fromEntries(bases.map((o) => [key(o, o.periodMs), facts({ ...o, sample: o.sampleCount })]));
}

async function agrees(question: Question, atLeast: number): Promise<void> {
  const answer = await asked(question);
  expect(Object.keys(answer).length).toBeGreaterThanOrEqual(atLeast);
  expect(answer).toEqual(await stored(question));
}

describe('what a job stored is what the definition says when asked for one region and period', () => {
  it('flows and rates over tickets, with their slices, zeros and coverage', async () => {
    const rows = Array.from({ length: 240 }, (_, i) =>
      ticket(
        `t${i}`,
        [140105, 140106, 140213][i % 3] ?? 0,
        `2026-03-${String((i % 25) + 1).padStart(2, '0')} 10:00:00`,
        {
          channel: i % 4 === 0 ? 'web' : 'phone',
          valid: i % 7 === 0 ? 0 : 1,
          is_demo: i % 11 === 0 ? 1 : 0,
          dispatched: 1,
          due_ts: `2026-03-${String((i % 25) + 4).padStart(2, '0')} 18:00:00`,
          finish_ts:
            i % 5 === 0
              ? null
              : `2026-03-${String((i % 25) + 4).padStart(2, '0')} ${i % 3 === 0 ? '20' : '12'}:00:00`,
        },
      ),
    );
    await world.load('hotline_ticket', rows, '2026-03-01', '2026-03-25');
    await world.compute();
    const question: Question = {
      dataset: 'hotline_ticket',
      metrics: ['hotline_requests', 'hotline_ontime_rate'],
      regions: [140105],
      freqs: ['D', 'M'],
      ...MARCH,
    };
    // 25 days, a month with its slices, a rate with its slices
    await agrees(question, 30);
    await agrees({ ...question, regions: [140213] }, 30);
  });

  it('stocks and hours of the air', async () => {
    await world.load(
      'service_case',
      Array.from({ length: 40 }, (_, i) => ({
        case_no: `k${i}`,
        region_code: i % 2 === 0 ? 140105 : 140213,
        channel: 'hall',
        department: '人社',
        item_type: '许可',
        subject_type: 'person',
        accept_ts: `2026-03-${String((i % 20) + 1).padStart(2, '0')} 09:00:00`,
        promise_date: `2026-03-${String((i % 20) + 3).padStart(2, '0')}`,
        ...(i % 3 === 0 ? { finish_ts: `2026-03-${String((i % 20) + 6).padStart(2, '0')} 09:00:00` } : {}),
      })),
      '2026-03-01',
      '2026-03-20',
    );
    await world.load(
      'air_quality_hour',
      labelsOf('2026-03-05').flatMap((label, i) => [
        air('s1', 140105, label, { pm25: 40 + i }),
        air('s2', 140106, label, { pm25: 60 + i }),
      ]),
      '2026-03-05',
    );
    await world.compute();
    await agrees(
      {
        dataset: 'service_case',
        metrics: ['service_overdue'],
        regions: [140105],
        freqs: ['D'],
        stock: true,
        from: MARCH.from,
        to: '2026-03-21T00:00:00',
      },
      20,
    );
    await agrees(
      {
        dataset: 'air_quality_hour',
        metrics: ['pm25_avg'],
        regions: [140105],
        freqs: ['H', 'D'],
        from: '2026-03-05T00:00:00',
        to: '2026-03-06T00:00:00',
      },
      25,
    );
  });

  it('answers nothing of other regions, although the rows are there', async () => {
    const answer = await asked({
      dataset: 'hotline_ticket',
      metrics: ['hotline_requests'],
      regions: [140213],
      freqs: ['M'],
      ...MARCH,
    });
    const regions = new Set(Object.keys(answer).map((place) => place.split(' ')[2]));
    expect([...regions]).toEqual(['140213']);
  });
});
