import { and, desc, eq, lte } from 'drizzle-orm';
import { formatNumber } from '@/metrics/format/number';
import { HOUR_MS } from '@/metrics/time/zone';
import { regionInScope } from '@/server/access/scope';
import { datasetTitle } from '@/server/datasets/registry';
import { datasetLoad } from '@/server/db/schema/ingest';
import type { Reading } from '@/server/services/screens/reading';
import type { ScreenEvent } from '@/server/services/screens/types';

const LOADS_READ = 60;
const LOADS_SHOWN = 5;

type Load = typeof datasetLoad.$inferSelect;

/**
 * The newest loads committed by the instant; a delivery in many files (of one dataset within an hour) is one event. A load has no
 * region of its own: only who sees the whole screen sees loads, and below the root they are said to be the whole's.
 */
export async function readLoads({ ctx, root, region, asOfMs }: Reading): Promise<ScreenEvent[]> {
  const { scope } = ctx.actor;
  if (root.level !== 'province' || !regionInScope(scope, root.code) || scope.domains !== null) return [];
  const rows = await ctx.db
    .select()
    .from(datasetLoad)
    .where(and(eq(datasetLoad.status, 'committed'), lte(datasetLoad.finishedAt, new Date(asOfMs))))
    .orderBy(desc(datasetLoad.receivedAt))
    .limit(LOADS_READ);
  const whose = region.code === root.code ? [] : ['全省接入'];
  return deliveriesOf(rows)
    .slice(0, LOADS_SHOWN)
    .map((delivery) => eventOf(delivery, whose));
}

function deliveriesOf(loads: readonly Load[]): Load[][] {
  const deliveries: Load[][] = [];
  for (const load of loads) {
    const same = deliveries.find(([first, ...rest]) => {
      const last = rest.at(-1) ?? first;
      return (
        first?.dataset === load.dataset &&
        first.origin === load.origin &&
        last !== undefined &&
        last.receivedAt.getTime() - load.receivedAt.getTime() < HOUR_MS
      );
    });
    if (same) same.push(load);
    else deliveries.push([load]);
  }
  return deliveries;
}

function eventOf(delivery: Load[], whose: readonly string[]): ScreenEvent {
  const [newest] = delivery;
  const total = (of: (load: Load) => number) => delivery.reduce((sum, load) => sum + of(load), 0);
  const rows = formatNumber(
    total((load) => load.acceptedRows),
    { precision: 0 },
  );
  const rejected = total((load) => load.rejectedRows);
  const title = newest ? datasetTitle(newest.dataset) : '';
  return {
    key: `load/${newest?.id}`,
    atMs: (newest?.finishedAt ?? newest?.receivedAt)?.getTime() ?? 0,
    kind: 'load',
    // Rejected rows want somebody's attention.
    tone: rejected > 0 ? 'unfavourable' : 'neutral',
    title: `${title} ${rows} 行`,
    detail: [
      ...whose,
      `拒收 ${rejected}`,
      `重复 ${total((load) => load.duplicateRows)}`,
      `${delivery.length} 个文件`,
    ].join(' · '),
    cell: null,
    demo: delivery.some((load) => load.provenance === 'demo'),
  };
}
