import { z } from 'zod';
import type { Context } from '@/server/context';
import { readScreen } from '@/server/services/screens/snapshot';
import { medianMs, onceMs, report } from './measure';

const TIMES = 25;

/** Observations through the REST API (HTTP, scope, as-of, JSON) against the same read in hand-written SQL. */
export async function benchRead(ctx: Context, origin: string, token: string, asOfMs: number): Promise<void> {
  const day = 86_400_000;
  const from = new Date(asOfMs - 30 * day).toISOString().slice(0, 10);
  const sql = `SELECT period, argMax(value, vintage) AS value FROM observation
    WHERE metric = 'aqi' AND freq = 'H' AND region = 140100 AND slice = '' AND measure = 'level'
      AND period >= toDateTime64({from:String}, 0, 'Asia/Shanghai')
    GROUP BY period, basis ORDER BY period`;
  const row = z.object({ period: z.string(), value: z.string().nullable() });
  const raw = () => ctx.warehouse.screens.rows({ name: 'bench_raw_read', sql, params: { from }, row });
  const url = `${origin}/api/v1/observations?metric=aqi&freq=H&region=140100&from=${from}`;
  let count = 0;
  const api = async (extra: string) => {
    const response = await fetch(url + extra, { headers: { authorization: `Bearer ${token}` } });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    const body = (await response.json()) as { observations?: unknown[] } & Record<string, unknown>;
    count = body.observations?.length ?? 0;
  };
  console.log(`reading 30 days of hourly AQI of one city (${(await raw()).length} values)`);
  const rawMs = await medianMs(TIMES, raw);
  report('REST, newest vintages', await medianMs(TIMES, () => api('')), { name: 'raw SQL', ms: rawMs });
  const asOf = encodeURIComponent(new Date(asOfMs).toISOString());
  report('REST, as of an instant', await medianMs(TIMES, () => api(`&asOf=${asOf}`)), {
    name: 'raw SQL',
    ms: rawMs,
  });
  if (count === 0) throw new Error('the API answered no observation');
}

/** The wall's whole data: read anew (cold), and answered again at the same data version (warm). */
export async function benchWall(ctx: Context): Promise<void> {
  console.log("the wall's whole data (all panels at one instant)");
  const read = (asOfMs?: number) => readScreen(ctx, { screen: 'province', ...(asOfMs && { asOfMs }) });
  const one = await medianMs(TIMES, () =>
    ctx.warehouse.screens.rows({
      name: 'bench_one',
      sql: 'SELECT 1 AS one',
      row: z.object({ one: z.number() }),
    }),
  );
  const first = await onceMs(() => read());
  // Each instant is a picture of its own, so nothing is answered from memory.
  const now = ctx.clock.nowMs();
  const cold = await medianMs(10, (i) => read(now - 1000 - i));
  const warm = await medianMs(TIMES, () => read());
  report('first read of the process', first);
  report('cold', cold, { name: 'one empty query', ms: one });
  report('warm', warm, { name: 'cold', ms: cold });
}
