import { accelPp } from '@/metrics/calculus/growth';
import { acrossOrigins } from '@/metrics/calculus/of-origins';
import { ofSeriesBreak } from '@/metrics/calculus/of-series-break';
import { ofSources } from '@/metrics/calculus/of-sources';
import { basisPreference, stretchOfBasis } from '@/metrics/model/basis';
import type { CellKey } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { isEconomicVolume } from '@/metrics/model/economic-volume';
import { isGrowthMetric } from '@/metrics/model/growth-metric';
import { type Origin, originOfAll } from '@/metrics/model/origin';
import { periodLabelZh } from '@/metrics/time/label';
import { addPeriods, periodParts, periodsBetween, samePeriodLastYear } from '@/metrics/time/period';
import { accelWords } from './accel-words';
import type { CellFacts } from './facts';
import { noted, source, unlessSoFar } from './growth-further';
import { growthAt, growthBases, hasGrowth, type KnownGrowth } from './growth-of';
import { publishedBefore } from './periods';
import { type Working, workingOf } from './working';

/** A stretch of time with a growth of its own. */
type Stretch = Pick<CellKey, 'freq' | 'basis' | 'periodMs'>;

/**
 * 加快、回落, or how much wider 升幅 became: this growth against the one published before; neither 同比 nor 环比 (T61). A
 * whole year is the last of its cumulative figures and follows the one before it; against the year before it is another
 * number, under another name.
 */
export function accelWorkings(facts: CellFacts): Working[] {
  const { cell, definition } = facts;
  const daily = cell.freq === 'D' || cell.freq === 'H' || cell.freq === 'N';
  if (daily || !hasGrowth(definition) || growthAt(facts, {}).value === null) return [];
  const name = isEconomicVolume(definition) ? '加快或回落' : '同比升降幅';
  const cumulative = lastBeforeYear(definition, cell);
  const overYear = { label: `比上年${name}`, rule: '本年增速 − 上年增速' };
  // Of a growth metric 同比 in percentage points says how it stands against the year before.
  const saysOverYear = !isGrowthMetric(definition);
  if (cumulative === null && cell.freq === 'A' && !saysOverYear) return [];
  if (cumulative === null) {
    const former = stretchBefore(facts);
    const words = cell.freq === 'A' ? overYear : { label: name, rule: ruleAgainst(cell, former) };
    return [accelAgainst(facts, former, { key: 'accel_pp', ...words })];
  }
  const lastYear: Stretch = { ...cell, periodMs: facts.yearsBefore(1) };
  const before = { key: 'accel_pp', label: name, rule: '全年增速 − 上一次累计增速' };
  return [
    accelAgainst(facts, cumulative, before),
    ...(!saysOverYear || growthAt(facts, lastYear).value === null
      ? []
      : [accelAgainst(facts, lastYear, { key: 'accel_year_pp', ...overYear })]),
  ];
}

function accelAgainst(
  facts: CellFacts,
  stretch: Stretch,
  of: Pick<Working, 'key' | 'label'> & { rule: string },
): Working {
  const { definition } = facts;
  const { freq, basis, periodMs } = stretch;
  const now = growthAt(facts, {});
  const before: KnownGrowth = growthAt(facts, { freq, basis, periodMs });
  const broken = ofSeriesBreak(accelPp(now.value, before.value), now.from, before.from);
  const alike = acrossOrigins(definition, broken, originOfGrowth(facts, now), originOfGrowth(facts, before));
  const made = ofSources(alike, { growth: now, previous_growth: before });
  const result = unlessSoFar(facts, now, noted(made, now, before));
  return workingOf(facts, {
    ...of,
    result,
    unit: 'pp',
    ...(result.value !== null &&
      now.value !== null && { words: accelWords(definition, now.value, before.value, result.value) }),
    source: '§26',
    operands: {
      growth: source('本期增速', now),
      previous_growth: source(`${periodLabelZh(freq, periodMs, basis)}增速`, before),
    },
    tone: 'direction',
  });
}

/** By whose 口径 a growth is: what it was computed from, or the publisher who said it. */
function originOfGrowth({ definition }: CellFacts, { from, of = [] }: KnownGrowth): Origin | null {
  return originOfAll(definition, from ? [from] : of);
}

/** The cumulative figure published before that of a whole year: 前三季度, 1-11月; null where years do not end any. */
function lastBeforeYear(
  { period_rule: rule }: MetricDefinition,
  { freq, basis, periodMs }: Stretch,
): Stretch | null {
  if (freq !== 'A' || basis !== 'period') return null;
  if (rule === 'QC') return { freq: 'Q', basis: 'ytd', periodMs: addPeriods('Q', periodMs, 2) };
  if (rule === 'MC' || rule === 'MC12')
    return { freq: 'M', basis: 'ytd', periodMs: addPeriods('M', periodMs, 10) };
  return null;
}

/** What is subtracted from what: a single month is no 累计, and is compared with none. */
function ruleAgainst({ freq, basis, periodMs }: Stretch, former: Stretch): string {
  const stretch = stretchOfBasis(basis);
  if (stretch === 'ytd' || former.freq === 'A') return '本期累计增速 − 上一次累计增速';
  if ((stretch !== 'period' && stretch !== 'mean') || (freq !== 'M' && freq !== 'Q'))
    return '本期增速 − 上期增速';
  const [single, last] = freq === 'M' ? ['当月', '上月'] : ['当季', '上季'];
  const follows = periodsBetween(freq, former.periodMs, periodMs) === 1;
  return `${single}增速 − ${follows ? last : '上一次'}${single}增速`;
}

/**
 * The period published before; the first cumulative one of a year follows the whole year before it. So does a first
 * quarter of its own name, which is the same stretch (§6): nobody publishes the growth of a fourth quarter alone (§2).
 */
function stretchBefore(facts: CellFacts): Stretch {
  const { cell, definition } = facts;
  const before: Stretch = { ...cell, periodMs: publishedBefore(definition, cell) };
  const turn = periodParts(before.periodMs).year !== periodParts(cell.periodMs).year;
  const soFar = cell.basis === 'ytd' || (isCumulative(definition) && growthBases(cell).includes('ytd'));
  if (!soFar || !turn || growthAt(facts, before).value !== null) return before;
  return { freq: 'A', basis: 'period', periodMs: samePeriodLastYear('A', cell.periodMs) };
}

/** Whether a metric is told of the year so far. */
function isCumulative({ period_rule: rule }: MetricDefinition): boolean {
  return basisPreference(rule)[0] === 'ytd';
}
