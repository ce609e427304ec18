import {
  ACCUMULATION_ZH,
  DIRECTION_ZH,
  KIND_ZH,
  MOM_ZH,
  ROLLUP_ZH,
  ROUNDING_ZH,
  YOY_ZH,
} from '@/metrics/format/definition-words';
import type { LineageEdge } from '@/metrics/lineage/lineage';
import { DOMAIN_TITLES } from '@/metrics/model/definition-vocabulary';
import { definitionsToYaml } from '@/metrics/model/definition-yaml';
import { momRule } from '@/metrics/model/mom-rule';
import { lineageOfRegistry } from '@/server/catalogue/lineage';
import type { RegisteredDefinition, Registry } from '@/server/catalogue/registry';
import { datasetTitle } from '@/server/datasets/registry';
import type { DefinitionView, MetricRef } from '@/server/services/desk/types';
import { thresholdView } from '@/server/services/desk/words';

/** A definition for people, with what it is made of and what is made of it. */
export function definitionView(registry: Registry, entry: RegisteredDefinition): DefinitionView {
  const d = entry.definition;
  const lineage = lineageOfRegistry(registry);
  const dataset = lineage.datasetOf(d.code);
  const refsOf = (edges: readonly LineageEdge[]) =>
    edges.filter(({ role }) => role !== 'weight').map(({ code }) => refOf(registry, code));
  return {
    code: d.code,
    domain: d.domain,
    name: d.name,
    nameEn: d.name_en,
    domainTitle: DOMAIN_TITLES[d.domain],
    kind: KIND_ZH[d.kind],
    unit: d.unit,
    precision: d.precision,
    rounding: ROUNDING_ZH[d.rounding],
    direction: d.band
      ? `${DIRECTION_ZH[d.direction]}(${d.band[0]} – ${d.band[1]})`
      : DIRECTION_ZH[d.direction],
    accumulation: ACCUMULATION_ZH[d.accumulation],
    rollup: ROLLUP_ZH[d.rollup],
    yoyRule: YOY_ZH[d.yoy],
    momRule: MOM_ZH[momRule(d)],
    text: d.definition,
    formula: d.formula_text ?? null,
    yaml: definitionsToYaml([d]),
    version: entry.version,
    hash: entry.hash,
    owner: d.owner,
    sourceSystem: d.source_system,
    releaseLag: d.release.lag,
    story: d.story,
    note: d.note ?? null,
    dataset: dataset === null ? null : datasetTitle(dataset),
    operands: refsOf(lineage.madeOf(d.code)),
    usedBy: refsOf(lineage.usedBy(d.code)),
    thresholds: (d.thresholds?.sets ?? []).map(thresholdView),
    thresholdText: d.thresholds?.text ?? null,
  };
}

function refOf(registry: Registry, code: string): MetricRef {
  const definition = registry.find(code)?.definition;
  return definition
    ? { code, name: definition.name, kind: KIND_ZH[definition.kind] }
    : { code, name: code, kind: '未登记' };
}
