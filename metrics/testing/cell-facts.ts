import type { CellKey, Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { CellFacts, type Surroundings } from '@/metrics/workings/facts';

/** What is known, as parts that differ from the cell worked on. */
export type KnownPart = Partial<CellKey> &
  Pick<Observation, 'value'> &
  Partial<Pick<Observation, 'flags' | 'source' | 'status' | 'vintageMs'>>;

/** Facts around one cell of the province, with every part known an hour before. */
export function cellFacts(
  definition: MetricDefinition,
  cell: Pick<CellKey, 'freq' | 'periodMs'> & Partial<CellKey>,
  parts: readonly KnownPart[],
  asOfMs: number,
  around: Partial<Surroundings> = {},
): CellFacts {
  const key: CellKey = {
    metric: definition.code,
    region: 140000,
    slice: '',
    basis: 'period',
    measure: 'level',
    ...cell,
  };
  return new CellFacts({
    definition,
    standard: null,
    cell: key,
    asOfMs,
    observations: parts.map((part) => ({
      ...key,
      vintageMs: asOfMs - 3_600_000,
      numerator: null,
      denominator: null,
      sampleCount: 1,
      status: part.value === null ? 'missing' : 'final',
      flags: [],
      source: '',
      runId: 'r1',
      definitionVersion: 1,
      ...part,
    })),
    surroundings: {
      ...{ parent: null, parentVisible: false, siblings: [], hiddenSiblings: 0, children: [] },
      ...around,
    },
    definitions: new Map(),
  });
}
