import { LIMIT_STAGES } from '@/metrics/calculus/environment/air-standard';
import type { EditionedStandard } from '@/metrics/calculus/environment/edition';
import { editionBasis, editionOfBasis } from '@/metrics/model/basis';
import type { Observation, RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { Context } from '@/server/context';
import { standardIn } from '@/server/services/screens/edition';

interface Shown {
  ctx: Context;
  definition: MetricDefinition;
  basis: string;
}

/** What growth across a change of standard is computed from: values of the same cells under one named edition. */
export class JudgedAgain {
  readonly standard: EditionedStandard | null;
  private readonly cells = new Map<string, Observation[]>();

  constructor(reach: Shown, observations: readonly Observation[]) {
    this.standard = standardIn(reach.ctx, reach.definition);
    for (const o of observations) {
      if (o.basis === reach.basis || o.measure !== 'level') continue;
      const place = placeOf(o.region, o.slice, o.periodMs);
      this.cells.set(place, [...(this.cells.get(place) ?? []), o]);
    }
  }

  at(region: RegionCode, slice: string, periodsMs: readonly number[]): Observation[] {
    return periodsMs.flatMap((periodMs) => this.cells.get(placeOf(region, slice, periodMs)) ?? []);
  }
}

/** The basis shown and, where editions matter, those that comparisons across a change of them read. */
export function basesRead({ ctx, definition, basis }: Shown): string[] {
  if (editionOfBasis(basis) !== undefined || standardIn(ctx, definition) === null) return [basis];
  return [basis, ...LIMIT_STAGES.flatMap((edition) => editionBasis(edition, basis) ?? [])];
}

function placeOf(region: RegionCode, slice: string, periodMs: number): string {
  return `${region}|${periodMs}|${slice}`;
}
