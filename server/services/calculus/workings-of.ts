import { nameAt } from '@/metrics/format/metric-name';
import { formatNumber } from '@/metrics/format/number';
import type { CellKey, Observation, RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { isObservedZero } from '@/metrics/model/observed-zero';
import { shownPrecision } from '@/metrics/model/shown-precision';
import { childrenOf, NATION_CODE, parentOf } from '@/metrics/regions/tree';
import { periodName } from '@/metrics/time/period-of-rule';
import { CellFacts, type Surroundings } from '@/metrics/workings/facts';
import { comparisons, workings } from '@/metrics/workings/list';
import { type PlannedRead, planComparisons, planReads, relatedMetrics } from '@/metrics/workings/plan';
import { revisionsOf } from '@/metrics/workings/revision';
import type { Working } from '@/metrics/workings/working';
import { domainInScope, mayReadRegion } from '@/server/access/scope';
import type { Context } from '@/server/context';
import { readComparable } from '@/server/observations/comparable';
import { withValueSince } from '@/server/observations/value-since';
import type { CellCalculus } from '@/server/services/calculus/types';
import { standardIn } from '@/server/services/screens/edition';
import { regionRef } from '@/server/services/screens/reading';

/**
 * The calculus of one cell in at most six reads, all of one instant; null when nothing is known of the cell. Callers
 * have checked that the reader may see the metric and the region; what lies around is left out where they may not.
 */
export async function calculusOf(ctx: Context, cell: CellKey, asOfMs: number): Promise<CellCalculus | null> {
  const { definition, version } = ctx.registry.get(cell.metric);
  const surroundings = surroundingsOf(ctx, cell.region);
  const facts = await factsOf(ctx, cell, asOfMs, surroundings, planReads(definition, cell, surroundings));
  const { current } = facts;
  if (!current && !facts.at({ measure: 'yoy' }) && !facts.at({ measure: 'mom' })) return null;
  const { code, unit, rounding } = definition;
  const precision = shownPrecision(definition, cell.region);
  return {
    cell,
    metric: { code, name: nameAt(definition, cell), unit, precision, definitionVersion: version },
    region: regionRef(cell.region),
    periodLabel: periodName(definition, current ?? cell),
    asOfMs,
    value: current?.value ?? null,
    text: formatNumber(current?.value, { precision, rounding }),
    status: current?.status ?? null,
    vintageMs: current && !isObservedZero(current) ? current.vintageMs : null,
    flags: current?.flags ?? [],
    workings: workings(facts),
    revisions: revisionsOf(facts),
  };
}

/** How the value compares with former periods, for its passport. */
export async function comparisonsOf(ctx: Context, cell: CellKey, asOfMs: number): Promise<Working[]> {
  const { definition } = ctx.registry.get(cell.metric);
  const surroundings = { ...surroundingsOf(ctx, cell.region), siblings: [], children: [] };
  const reads = planComparisons(definition, cell);
  return comparisons(await factsOf(ctx, cell, asOfMs, surroundings, reads));
}

async function factsOf(
  ctx: Context,
  cell: CellKey,
  asOfMs: number,
  surroundings: Surroundings,
  reads: readonly PlannedRead[],
): Promise<CellFacts> {
  const { definition } = ctx.registry.get(cell.metric);
  const definitions = relatedDefinitions(ctx, cell.metric);
  const admitted = new Set([cell.metric, ...definitions.keys()]);
  const found = await Promise.all(
    reads.map((read): Promise<Observation[]> => {
      const metrics = read.metrics.filter((code) => admitted.has(code));
      return readComparable(ctx, { ...read, metrics, asOfMs });
    }),
  );
  return new CellFacts({
    definition,
    standard: standardIn(ctx, definition),
    cell,
    asOfMs,
    // Levels and their growth may come from two of the reads.
    observations: await withValueSince(ctx, found.flat(), asOfMs),
    surroundings,
    definitions,
  });
}

/** Metrics of a domain that the reader may not see are no operands. */
function relatedDefinitions(ctx: Context, metric: string): Map<string, MetricDefinition> {
  const entries = relatedMetrics(metric).flatMap((code): [string, MetricDefinition][] => {
    const definition = ctx.registry.find(code)?.definition;
    return definition && domainInScope(ctx.actor.scope, definition.domain) ? [[code, definition]] : [];
  });
  return new Map(entries);
}

function surroundingsOf(ctx: Context, region: RegionCode): Surroundings {
  const visible = (code: RegionCode) => mayReadRegion(ctx.actor.scope, code);
  const parent = parentOf(region);
  // Of the nation's provinces only ours is in the tree: there is no rank among them.
  const all = parent === null || parent === NATION_CODE ? [] : childrenOf(parent).map(({ code }) => code);
  return {
    parent,
    parentVisible: parent !== null && visible(parent),
    siblings: all,
    hiddenSiblings: all.filter((code) => !visible(code)).length,
    children: childrenOf(region)
      .map(({ code }) => code)
      .filter(visible),
  };
}
