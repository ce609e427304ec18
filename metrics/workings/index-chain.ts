import { chainIndex, ytdIndex } from '@/metrics/calculus/index-number';
import type { Operand, Result } from '@/metrics/calculus/result';
import { nameAt } from '@/metrics/format/metric-name';
import { isYtd } from '@/metrics/model/basis';
import type { CellKey, Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { formatPeriod, periodLabelZh } from '@/metrics/time/label';
import { nextPeriod, periodRange, samePeriodLastYear, ytdStart } from '@/metrics/time/period';
import type { CellFacts } from './facts';
import { yearToDate } from './periods';
import { type OperandSource, type Working, workingOf } from './working';

/** Indices of 上年同月=100, and the index of 上月=100 of the same prices: what last year's months weigh is in it alone. */
export const MONTHLY_LINKS: ReadonlyMap<string, string> = new Map([['cpi_yoy', 'cpi_mom']]);

/** The same index as its publisher averages it over the months so far: what he says stands before what we link. */
export const PUBLISHED_AVERAGES: ReadonlyMap<string, string> = new Map([
  ['cpi_yoy', 'cpi_ytd'],
  ['cpi_mom', 'cpi_ytd'],
]);

/** Years that a chain of 上年=100 goes back; what is read of the metric's own series reaches no further. */
const YEARS_BACK = 3;

/** What an index compares with: the month before, the year before, or one year for ever. */
type IndexBase = 'month' | 'year' | 'fixed';

function baseOf({ accumulation, yoy, mom }: MetricDefinition): IndexBase | undefined {
  if (accumulation !== 'index') return undefined;
  if (mom === 'index_minus_100') return 'month';
  if (yoy === 'index_minus_100') return 'year';
  return yoy === 'value_ratio' ? 'fixed' : undefined;
}

/** 1—本月平均: the publisher's own 累计平均指数, with nothing left to average. */
function isAverage({ name }: MetricDefinition): boolean {
  return name.includes('上年同期=100');
}

/** Last year's links of the months so far, for an index of 上年同月=100, and the average as published. */
export function linkReads({ code }: MetricDefinition, cell: CellKey) {
  if (cell.freq !== 'M') return [];
  const lastYear = samePeriodLastYear('M', cell.periodMs);
  const read = (metric: string | undefined, basis: string, fromMs: number, lastMs: number) =>
    metric === undefined
      ? []
      : [
          {
            ...{ metrics: [metric], regions: [cell.region], freq: ['M' as const], basis: [basis] },
            ...{ measure: ['level' as const], slices: [cell.slice] },
            ...{ fromMs, toMs: nextPeriod('M', lastMs), allVintages: false },
          },
        ];
  return [
    ...read(MONTHLY_LINKS.get(code), cell.basis, ytdStart(lastYear), lastYear),
    ...read(PUBLISHED_AVERAGES.get(code), 'ytd', cell.periodMs, cell.periodMs),
  ];
}

/** 定基指数 of indices that compare with the month or the year before (T14). */
export function chainWorking(facts: CellFacts): Working[] {
  const base = baseOf(facts.definition);
  if (base === 'month') return chainOfMonths(facts);
  return base === 'year' ? chainOfYears(facts) : [];
}

/** From December of last year on, every month of this year. */
function chainOfMonths(facts: CellFacts): Working[] {
  const { cell } = facts;
  if (cell.freq !== 'M' || isYtd(cell.basis)) return [];
  const links = indicesAt(facts, yearToDate('M', cell.periodMs));
  return [chained(facts, links, '定基指数(上年12月=100)', '上月定基指数 × 环比指数 ÷ 100,缺一月即断')];
}

/** As many years as follow on each other without a gap; one index alone is no chain. */
function chainOfYears(facts: CellFacts): Working[] {
  const { freq } = facts.cell;
  if (freq !== 'M' && freq !== 'A') return [];
  const all = indicesAt(
    facts,
    Array.from({ length: YEARS_BACK + 1 }, (_, index) => facts.yearsBefore(YEARS_BACK - index)),
  );
  const gap = all.findLastIndex(({ from }) => from?.value == null);
  const links = all.slice(Math.min(gap + 1, all.length - 2));
  const [first] = links;
  const start =
    first && periodLabelZh(freq, samePeriodLastYear(freq, first.periodMs), stretchOf(facts.definition));
  return [
    chained(facts, links, `定基指数(${start}=100)`, '上年定基指数 × 本年指数(上年=100) ÷ 100,缺一年即断'),
  ];
}

function chained(facts: CellFacts, links: readonly Index[], label: string, rule: string): Working {
  const values = chainIndex(links.map(({ from }) => from?.value));
  const last = values.at(-1);
  const result: Result = {
    ...(last ?? { value: null, flags: ['operand_missing'], basis: 'computed' }),
    operands: links.map(operandOf),
  };
  return workingOf(facts, {
    ...{ key: 'chain_index', label, result, unit: 'value', precision: 2, rule, source: '§7' },
    operands: sourcesOf(links),
  });
}

/** 累计平均指数: the mean of this year's fixed-base months over the mean of last year's (T15). */
export function ytdIndexWorking(facts: CellFacts): Working[] {
  const { cell, definition } = facts;
  const base = baseOf(definition);
  if (base === undefined || cell.freq !== 'M' || isYtd(cell.basis) || isAverage(definition)) return [];
  const label = '累计平均指数(上年同期=100)';
  const metric = PUBLISHED_AVERAGES.get(definition.code);
  const said = metric === undefined ? undefined : facts.at({ metric, basis: 'ytd' });
  if (said?.value != null) {
    const result: Result = {
      ...{ value: said.value, flags: [], basis: 'published' },
      operands: [{ name: 'published', value: said.value }],
    };
    return [
      workingOf(facts, {
        ...{ key: 'ytd_index', label, result, unit: 'value', rule: '取公布的累计平均指数', source: '§7' },
        operands: { published: { label: '公布的累计平均指数', from: said } },
      }),
    ];
  }
  const { current, previous, indices, lacking } = fixedBase(facts, base);
  const made = ytdIndex(current, previous);
  const means = made.value === null ? [] : made.operands;
  return [
    workingOf(facts, {
      key: 'ytd_index',
      label,
      result: { ...made, operands: [...means, ...indices.map(operandOf), ...lacking] },
      unit: 'value',
      rule: '本年各月定基指数平均 ÷ 上年同期定基指数平均 × 100;不是各月同比指数的平均',
      source: '§7',
      operands: {
        mean_current: { label: '本年定基指数平均' },
        mean_previous: { label: '上年同期定基指数平均' },
        links: { label: '上月=100的指数' },
        ...sourcesOf(indices),
      },
    }),
  ];
}

interface FixedBase {
  current: (string | null)[];
  previous: (string | null)[];
  indices: readonly Index[];
  /** What there is no series of. */
  lacking: Operand[];
}

/** Both years' months on one base, out of what the index gives. */
function fixedBase(facts: CellFacts, base: IndexBase): FixedBase {
  const { cell, definition } = facts;
  const months = yearToDate('M', cell.periodMs);
  const lastYear = months.map((periodMs) => samePeriodLastYear('M', periodMs));
  if (base === 'month') {
    // Last year to its end, so that this year's months stand on the same base.
    const links = indicesAt(
      facts,
      periodRange('M', ytdStart(lastYear[0] ?? cell.periodMs), nextPeriod('M', cell.periodMs)),
    );
    const levels = chainIndex(links.map(({ from }) => from?.value)).map(({ value }) => value);
    return {
      current: levels.slice(12),
      previous: levels.slice(0, months.length),
      indices: links,
      lacking: [],
    };
  }
  const now = indicesAt(facts, months);
  if (base === 'fixed') {
    const then = indicesAt(facts, lastYear);
    return {
      current: now.map(levelOf),
      previous: then.map(levelOf),
      indices: [...then, ...now],
      lacking: [],
    };
  }
  const metric = MONTHLY_LINKS.get(definition.code);
  const links = metric === undefined ? [] : indicesAt(facts, lastYear, metric);
  const lacking = metric === undefined ? [{ name: 'links', value: null }] : [];
  const levels = chainIndex(links.map(levelOf));
  const previous = lastYear.map((_, index) => levels[index]?.value ?? null);
  const current = now.map((one, index) => chainIndex([levelOf(one)], previous[index])[0]?.value ?? null);
  return { current, previous, indices: [...links, ...now], lacking };
}

/** One index that was read, or looked for. */
interface Index {
  name: string;
  label: string;
  periodMs: number;
  from: Observation | undefined;
}

function indicesAt(facts: CellFacts, periods: readonly number[], metric = facts.cell.metric): Index[] {
  const { freq } = facts.cell;
  const definition = facts.definitionOf(metric);
  return periods.map((periodMs) => ({
    name: `${metric}_${formatPeriod(freq, periodMs)}`,
    label: `${periodLabelZh(freq, periodMs, stretchOf(definition))}${nameAt(definition, facts.cell)}`,
    periodMs,
    from: facts.at({ metric, periodMs }),
  }));
}

/** The stretch that an index is said of: an average one is of the year so far, however its cells are kept. */
function stretchOf(definition: MetricDefinition): 'ytd' | 'period' {
  return isAverage(definition) ? 'ytd' : 'period';
}

function levelOf({ from }: Index): string | null {
  return from?.value ?? null;
}

function operandOf(index: Index): Operand {
  return { name: index.name, value: levelOf(index) };
}

function sourcesOf(indices: readonly Index[]): Record<string, OperandSource> {
  return Object.fromEntries(indices.map(({ name, label, from }) => [name, { label, from }]));
}
