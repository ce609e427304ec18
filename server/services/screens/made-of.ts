import type { LackingPart as Lacking } from '@/metrics/derive/evaluation';
import { cellId, History } from '@/metrics/derive/known';
import type { DerivationRule } from '@/metrics/derive/rule';
import { nameAt } from '@/metrics/format/metric-name';
import { formatNumber } from '@/metrics/format/number';
import type { CellKey, Observation } from '@/metrics/model/cell';
import { isDerivedSource } from '@/metrics/model/derived-source';
import { unverifiedReason } from '@/metrics/model/unverified';
import { knownRegion } from '@/metrics/regions/tree';
import { nextPeriod } from '@/metrics/time/period';
import { periodName } from '@/metrics/time/period-of-rule';
import { domainInScope } from '@/server/access/scope';
import type { Registry } from '@/server/catalogue/registry';
import { derivationsOf } from '@/server/compute/derive/rules-of';
import type { Context } from '@/server/context';
import { readObservations } from '@/server/observations/read';
import { textOf, unitText } from '@/server/services/screens/figure';
import type { LackingPart, MadeOf } from '@/server/services/screens/passport-types';

const HOW_ZH: Readonly<Record<DerivationRule['kind'], string>> = {
  derived: '按算式由其他指标计算',
  composite: '分项打分加权',
  rollup: '由下级地区汇总',
  deduced: '由同一指标的其他时段得出',
};

/**
 * What a derived value was made of: the rule evaluated once more over what was known when it was. Null for a value of
 * a publisher or of a dataset's rows. Operands outside the reader's regions or domains are not read, and said to be there.
 */
export async function madeOf(ctx: Context, observation: Observation): Promise<MadeOf | null> {
  if (!isDerivedSource(observation.source)) return null;
  const rule = findRule(ctx.registry, observation);
  if (!rule) return null;
  if (observation.definitionVersion !== rule.version)
    return {
      how: `按第 ${observation.definitionVersion} 版口径计算,现行为第 ${rule.version} 版`,
      formula: null,
      outsideScope: false,
      operands: [],
      lacking: [],
    };
  const target = cellOf(observation);
  const history = await historyOf(ctx, rule, target, observation.vintageMs);
  const made = rule.evaluate(target, history.lookup(observation.vintageMs), (cell, ms) =>
    history.at(cell, ms),
  );
  const seen = new Set<string>();
  return {
    how: HOW_ZH[rule.kind],
    formula: rule.definition.kind === 'derived' ? rule.definition.formula : null,
    lacking: (made?.lacking ?? [])
      .filter(({ metric }) => mayRead(ctx, metric))
      .map((part) => lackingPart(ctx, part)),
    outsideScope: rule.operands.some((code) => !mayRead(ctx, code)),
    operands: (made?.operands ?? []).flatMap(({ label, cell, value, known }) => {
      const { definition } = ctx.registry.get(cell.metric);
      const key = `${label} ${cellId(cell)}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [
        {
          label,
          cell,
          name: nameAt(definition, cell),
          regionName: knownRegion(cell.region)?.name ?? String(cell.region),
          periodLabel: periodName(definition, { ...cell, ...(known && { status: known.status }) }),
          text: textOf(definition, { value, measure: cell.measure, region: cell.region }),
          unit: cell.measure === 'yoy' || cell.measure === 'mom' ? '%' : unitText(definition.unit),
          status: known?.status ?? null,
          vintageMs: known?.vintageMs ?? null,
          demo: known?.flags.includes('demo') ?? false,
          unverified: value === null ? null : unverifiedReason(known),
        },
      ];
    }),
  };
}

function lackingPart({ registry }: Context, { metric, weight, smallSample }: Lacking): LackingPart {
  return {
    name: registry.get(metric).definition.name,
    weight: `${formatNumber(weight * 100, { precision: 0 })}%`,
    reason: smallSample ? '样本过少' : '没有数',
  };
}

function findRule(registry: Registry, { metric, source }: Observation): DerivationRule | undefined {
  return derivationsOf(registry)
    .find((speakers) => speakers.metric === metric)
    ?.rules.find(({ kind }) => kind === source);
}

async function historyOf(
  ctx: Context,
  rule: DerivationRule,
  target: CellKey,
  asOfMs: number,
): Promise<History> {
  const observations = await readObservations(ctx, {
    metrics: rule.operands.filter((code) => mayRead(ctx, code)),
    regions: rule.regionsOf(target),
    freq: rule.freqsOf(target.freq),
    slices: [...new Set(['', target.slice])],
    fromMs: rule.earliest(target),
    toMs: target.freq === 'A' ? nextPeriod('A', target.periodMs) : target.periodMs + 1,
    asOfMs,
    allVintages: true,
  });
  const history = new History();
  for (const one of observations) history.add(one, one);
  return history;
}

function mayRead({ registry, actor }: Context, code: string): boolean {
  const domain = registry.find(code)?.definition.domain;
  return domain !== undefined && domainInScope(actor.scope, domain);
}

function cellOf({ metric, freq, region, slice, basis, measure, periodMs }: Observation): CellKey {
  return { metric, freq, region, slice, basis, measure, periodMs };
}
