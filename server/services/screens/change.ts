import type { EditionedStandard } from '@/metrics/calculus/environment/edition';
import { mom } from '@/metrics/calculus/mom';
import { growthStands } from '@/metrics/calculus/published-growth';
import { FLAG_ZH, type Flag } from '@/metrics/calculus/result';
import { weekChange, weekUnit } from '@/metrics/calculus/week';
import { type Change, yoy } from '@/metrics/calculus/yoy';
import { formatChange, precisionOfChange } from '@/metrics/format/change';
import { MISSING_TEXT } from '@/metrics/format/number';
import { toneOf } from '@/metrics/format/tone';
import { isYtd } from '@/metrics/model/basis';
import type { Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { momRule } from '@/metrics/model/mom-rule';
import { isProfitMetric } from '@/metrics/model/profit-metric';
import { shownPrecision } from '@/metrics/model/shown-precision';
import { unverifiedReason } from '@/metrics/model/unverified';
import { addPeriods, samePeriodLastYear } from '@/metrics/time/period';
import { countedUnlike } from '@/metrics/workings/compared';
import { growthBases } from '@/metrics/workings/growth-of';
import { compare } from '@/server/services/screens/edition';
import { unitText } from '@/server/services/screens/figure';
import { cellOf, isRunning, seriesLike } from '@/server/services/screens/reading';
import type { ChangeFigure } from '@/server/services/screens/types';

const YOY_RULE_ZH: Readonly<Record<string, string>> = {
  value_ratio: '按水平值计算',
  value_ratio_comparable: '按水平值计算',
  pp_diff: '百分点差',
  abs_diff: '差值',
  index_minus_100: '指数−100',
};

export interface ChangeInput {
  definition: MetricDefinition;
  /** Whose edition decides the values ({@link standardIn}): those of two editions are not compared as they are. */
  standard: EditionedStandard | null;
  current: Observation | undefined;
  /** Whatever was read of the metric: levels and published rates. */
  observations: readonly Observation[];
  /** A metric that is the published growth of this one. */
  growthMetric?: string;
  asOfMs: number;
}

/** 同比 by the metric's rule; growth as published is preferred and says 发布. */
export function yoyOf(input: ChangeInput): ChangeFigure {
  const { definition, current, asOfMs } = input;
  if (!current) return nothing('同比', '本期缺');
  // What was published of a running period stands.
  if (isRunning(definition, current, asOfMs) && publishedGrowth(input, current)?.value == null)
    return nothing('同比', '本期未结束,不与整期比较');
  const { change, published, how, restated, sides } = yoyResult(input, current);
  const figure = changeFigure(
    '同比',
    { definition, current, sides },
    change,
    `${YOY_RULE_ZH[definition.yoy] ?? ''}${how}`,
    published,
  );
  return restated === undefined || figure.basis === 'published' ? figure : { ...figure, restated };
}

/** 同比 unrounded, with its flags and how it was made comparable: what is shown, and what thresholds on `yoy` judge. */
export function yoyResult(
  input: ChangeInput,
  current: Observation,
): ReturnType<typeof compare<Change>> & { published: Observation | undefined } {
  const { definition, observations } = input;
  const published = publishedGrowth(input, current);
  const yearsBefore = (years: number) => samePeriodLastYear(current.freq, current.periodMs, years);
  const made = compare(input, current, yearsBefore(1), (now, base) => {
    const series = seriesLike(observations, now);
    return yoy({
      rule: definition.yoy,
      current: now.value,
      base: base?.value,
      published: published?.value,
      currentStatus: now.status,
      ...(base && { baseStatus: base.status }),
      recent: [1, 2, 3].map((years) => series.get(yearsBefore(years))?.value),
      preferPublished: growthStands(definition, published, [now, base]),
      isProfit: isProfitMetric(definition),
    });
  });
  return { ...made, published };
}

/** 环比; only where the rule gives one: never for 累计, never for years. */
export function momOf(input: ChangeInput): ChangeFigure | null {
  const { definition, current, observations, asOfMs } = input;
  if (!current || definition.mom === 'none' || isYtd(current.basis) || current.freq === 'A') return null;
  if (isRunning(definition, current, asOfMs)) return nothing('环比', '本期未结束,不与整期比较');
  const published = seriesLike(observations, { ...current, measure: 'mom' }).get(current.periodMs);
  const { change, how, sides } = compare(
    input,
    current,
    addPeriods(current.freq, current.periodMs, -1),
    (now, previous) =>
      mom({
        rule: momRule(definition),
        basis: current.basis,
        current: now.value,
        previous: previous?.value,
        published: published?.value,
        isProfit: isProfitMetric(definition),
      }),
  );
  return changeFigure(
    '环比',
    { definition, current, sides },
    change,
    `${YOY_RULE_ZH[momRule(definition)] ?? '季调'}${how}`,
    published,
  );
}

/**
 * A daily flow against the same day of last week: weekdays and weekends differ so much that 前一日 would mislead
 * (calculus.md §4).
 */
export function weekOf(input: ChangeInput): ChangeFigure | null {
  const { definition, current, asOfMs } = input;
  if (current?.freq !== 'D' || definition.accumulation !== 'flow') return null;
  if (isRunning(definition, current, asOfMs)) return nothing('较上周', '本日未结束,不与整日比较');
  const unit = weekUnit(definition) ?? 'percent';
  const { change, how, sides } = compare(input, current, addPeriods('D', current.periodMs, -7), (now, base) =>
    weekChange(unit, now.value, base?.value, isProfitMetric(definition)),
  );
  return changeFigure(
    '较上周',
    { definition, current, sides },
    { ...change, unit },
    `与上周同日比${how}`,
    undefined,
  );
}

/** Growth as published: of the metric itself, or the metric that is its growth. */
export function publishedGrowth(input: ChangeInput, current: Observation): Observation | undefined {
  const said = growthBases(current).map((basis) =>
    seriesLike(input.observations, { ...current, basis, measure: 'yoy' }).get(current.periodMs),
  );
  const own = said.find((o) => o?.value != null) ?? said[0];
  if (own?.value != null || input.growthMetric === undefined) return own;
  const { freq, region, slice, periodMs } = current;
  const bases = growthBases(current);
  const found = input.observations.filter(
    (o) =>
      o.metric === input.growthMetric &&
      o.measure === 'level' &&
      o.value !== null &&
      o.freq === freq &&
      o.region === region &&
      o.slice === slice &&
      o.periodMs === periodMs,
  );
  return bases.map((basis) => found.find((o) => o.basis === basis)).find((o) => o !== undefined);
}

interface Of {
  definition: MetricDefinition;
  current: Observation;
  /** What was compared, the later first. */
  sides: readonly (Observation | undefined)[];
}

function changeFigure(
  label: ChangeFigure['label'],
  { definition, current, sides }: Of,
  change: Change,
  ruleText: string,
  published: Observation | undefined,
): ChangeFigure {
  if (change.value === null) {
    const [flag] = change.flags;
    return nothing(label, change.text ?? (flag ? FLAG_ZH[flag] : '不计算'), change.unit);
  }
  const precision = changePrecision(definition, change, current);
  const isPublished = change.basis === 'published';
  const unverified = unverifiedReason(...(isPublished ? [published] : sides));
  const [now, base] = sides;
  const note = notesOf([...change.flags, ...countedUnlike({ current: now, base })]);
  return {
    label,
    value: change.value,
    text: formatChange(change.value, {
      unit: change.unit,
      precision,
      rounding: definition.rounding,
      unitText: unitText(definition.unit),
    }),
    unit: change.unit,
    tone: toneOf(change.value, definition.direction, precision),
    basis: change.basis,
    rule: isPublished ? '发布' : `${ruleText}${note}`,
    cell: isPublished && published ? cellOf(published) : null,
    ...(unverified !== null && { unverified }),
  };
}

/** Flags that a change says wherever it stands: what it was made of is not as it seems. */
const NOTED: readonly Flag[] = [
  'nominal_unadjusted',
  'deduced',
  'basis_assumed',
  'inferred',
  'mixed_origin',
  'base_final',
  'definition_differs',
  'counted_otherwise',
  'nearly_whole',
];

/** What a computed change says of itself, behind its rule. */
export function notesOf(flags: readonly string[]): string {
  return NOTED.filter((flag) => flags.includes(flag))
    .map((flag) => `(${FLAG_ZH[flag]})`)
    .join('');
}

export function changePrecision(
  definition: MetricDefinition,
  { unit }: Pick<Change, 'unit'>,
  { region }: Pick<Observation, 'region'>,
): number {
  return precisionOfChange(unit, shownPrecision(definition, region));
}

function nothing(
  label: ChangeFigure['label'],
  rule: string,
  unit: ChangeFigure['unit'] = 'percent',
): ChangeFigure {
  return { label, value: null, text: MISSING_TEXT, unit, tone: 'neutral', basis: null, rule, cell: null };
}
