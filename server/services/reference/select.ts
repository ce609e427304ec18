import { type Lineage, lineageOf } from '@/metrics/lineage/lineage';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { Domain, KINDS } from '@/metrics/model/definition-vocabulary';
import { type Computability, computability } from '@/metrics/validate/computability';
import { allContracts } from '@/server/datasets/registry';
import { AppError } from '@/server/errors';
import type { ReferenceEntry } from '@/server/services/reference/read';

export interface ReferenceFilter {
  domains?: readonly Domain[];
  codes?: readonly string[];
  kinds?: readonly (typeof KINDS)[number][];
  /** Only what can have values with the datasets connected. */
  computable?: boolean;
}

/** Chosen entries, and what is known of the whole catalogue around them. */
export interface Reference {
  entries: readonly ReferenceEntry[];
  lineage: Lineage;
  byCode: ReadonlyMap<string, MetricDefinition>;
  computability(code: string): Computability;
}

/** @throws AppError `not_found` for a code that is not in the catalogue: an export must not be short in silence. */
export function selectReference(all: readonly ReferenceEntry[], filter: ReferenceFilter): Reference {
  const byCode = new Map(all.map(({ definition }) => [definition.code, definition]));
  const unknown = filter.codes?.filter((code) => !byCode.has(code)) ?? [];
  if (unknown.length > 0)
    throw new AppError('not_found', `目录中没有指标 ${unknown.join('、')}`, { place: 'code' });
  const connected = new Set(allContracts().map(({ name }) => name));
  const states = new Map(
    all.map(({ definition }) => [definition.code, computability(definition, connected, byCode)]),
  );
  const stateOf = (code: string): Computability => states.get(code) ?? { computable: false, reasons: [] };
  return {
    entries: all.filter(
      ({ definition: { code, domain, kind } }) =>
        (filter.domains?.includes(domain) ?? true) &&
        (filter.codes?.includes(code) ?? true) &&
        (filter.kinds?.includes(kind) ?? true) &&
        (!filter.computable || stateOf(code).computable),
    ),
    lineage: lineageOf(all.map(({ definition }) => definition)),
    byCode,
    computability: stateOf,
  };
}
