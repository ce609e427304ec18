import { describe, expect, it } from 'vitest';
import { cellFacts, type KnownPart } from '@/metrics/testing/cell-facts';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import { planYearReads } from './five-year';
import { workings } from './list';

const NOW = Date.parse('2026-05-20T00:00:00+08:00');
const year = (y: number) => periodOf('A', { year: y });
const rate = { accumulation: 'rate', additive_over_regions: false } as const;
const lowered = sample.reported({
  ...{ ...rate, rollup: 'mean_of_cities', unit: 'μg/m³', direction: 'lower_better', five_year: 'reduction' },
});
const dropping = sample.reported({
  ...{ ...rate, rollup: 'published_only', unit: '%', precision: 2, freq: 'Q', period_rule: 'QC' },
  ...{ direction: 'higher_better', five_year: 'yearly_drop' },
});

function worked(definition: typeof lowered, periodMs: number, parts: readonly KnownPart[]) {
  const facts = cellFacts(definition, { freq: 'A', periodMs }, parts, NOW);
  return (key: string) => workings(facts).find((working) => working.key === key);
}

describe('a reduction against the base year of the plan', () => {
  const target = { value: '36', measure: 'target', periodMs: year(2025) } as const;
  const base = { value: '46', periodMs: year(2020) };

  it('is what was lowered of what is to be lowered (T22)', () => {
    // (46 − 37) / (46 − 36); three years of five.
    const of = worked(lowered, year(2023), [{ value: '37' }, base, target]);
    expect(of('reduction_completion')).toMatchObject({ text: '90.0%', reason: null });
    expect(of('reduction_pace')).toMatchObject({ text: '60.0%' });
    expect(of('reduction_gap')).toMatchObject({ text: '+30.0 个百分点', tone: 'favourable' });
  });

  it('says nothing of a year that has not ended', () => {
    const of = worked(lowered, year(2026), [
      { value: '37' },
      { ...base, periodMs: year(2025) },
      { ...target, periodMs: year(2030) },
    ]);
    for (const key of ['reduction_completion', 'reduction_pace', 'reduction_gap'])
      expect(of(key)).toMatchObject({ value: null, reason: '本期未结束,不与整期比较' });
  });

  it('is negative where the level rose', () => {
    const of = worked(lowered, year(2021), [{ value: '48' }, base, target]);
    expect(of('reduction_completion')).toMatchObject({ text: '−20.0%' });
    expect(of('reduction_gap')?.tone).toBe('unfavourable');
  });

  it('names what is lacking, and has no value where base and target are one', () => {
    const reason = (...parts: KnownPart[]) =>
      worked(lowered, year(2023), [{ value: '37' }, ...parts])('reduction_completion');
    expect(reason(base)).toMatchObject({ value: null, reason: '缺2025年目标' });
    expect(reason(target)).toMatchObject({ value: null, reason: '缺基期(2020年)' });
    expect(reason({ ...base, value: '36' }, target)).toMatchObject({ value: null, reason: '除数为0' });
  });

  it('reads the base year and the target that lies ahead, and no level after the cell', () => {
    const cell = { metric: 'sample', region: 140000, slice: '', basis: 'period', measure: 'level' } as const;
    const [levels, ahead] = planYearReads(lowered, { ...cell, freq: 'A', periodMs: year(2023) });
    expect(levels).toMatchObject({ fromMs: year(2020), toMs: year(2024), measure: ['level'] });
    expect(ahead).toMatchObject({ fromMs: year(2025), toMs: year(2026), measure: ['target'] });
    // The first year of a plan looks at the last one's end, the last at its own.
    const [first] = planYearReads(lowered, { ...cell, freq: 'A', periodMs: year(2021) });
    const [last] = planYearReads(lowered, { ...cell, freq: 'A', periodMs: year(2025) });
    expect([first?.fromMs, last?.fromMs]).toEqual([year(2020), year(2020)]);
  });
});

describe('五年累计下降', () => {
  const quarter = (y: number) => periodOf('Q', { year: y, quarter: 4 });

  it('multiplies what each year left, whole years or their four quarters (T51)', () => {
    const of = worked(dropping, year(2023), [
      { value: '3.2' },
      { value: '3.0', periodMs: year(2021) },
      { value: '2.5', freq: 'Q', basis: 'ytd', periodMs: quarter(2022) },
    ]);
    // 1 − 0.97 × 0.975 × 0.968.
    expect(of('cumulative_drop')).toMatchObject({ label: '五年累计下降(2021年以来)', text: '8.45%' });
  });

  it('has no value while a year is missing, and names it', () => {
    const of = worked(dropping, year(2023), [{ value: '3.2' }, { value: '3.0', periodMs: year(2021) }]);
    expect(of('cumulative_drop')).toMatchObject({ value: null, reason: '缺2022年降低率' });
  });

  it('is said only where the definition says so', () => {
    const { five_year: _, ...plain } = dropping;
    expect(worked(plain, year(2023), [{ value: '3.2' }])('cumulative_drop')).toBeUndefined();
    expect(worked(plain, year(2023), [{ value: '3.2' }])('reduction_completion')).toBeUndefined();
  });
});

describe('a stock that is missing', () => {
  const month = (m: number) => periodOf('M', { year: 2026, month: m });
  const stock = sample.reported({ accumulation: 'stock', freq: 'M', period_rule: 'ME' });
  const carried = (definition: typeof stock, ...parts: KnownPart[]) =>
    workings(cellFacts(definition, { freq: 'M', basis: 'point', periodMs: month(3) }, parts, NOW)).find(
      ({ key }) => key === 'carried_forward',
    );
  const missing = { value: null };

  it('may be shown as the one before it, marked, and once (calculus.md §15)', () => {
    const shown = carried(stock, missing, { value: '12', periodMs: month(2) });
    expect(shown).toMatchObject({ value: '12', text: '12 件' });
    expect(shown?.flags.map(({ flag }) => flag)).toEqual(['locf']);
    expect(carried(stock, missing, { value: '12', flags: ['locf'], periodMs: month(2) })).toMatchObject({
      value: null,
      reason: '2026年2月末已是沿用值,只沿用一次',
    });
    expect(carried(stock, missing)).toMatchObject({ value: null, reason: '缺2026年2月末' });
  });

  it('is no matter of flows, nor of a stock that is there', () => {
    const before = { value: '12', periodMs: month(2) };
    expect(carried(stock, { value: '13' }, before)).toBeUndefined();
    expect(carried(sample.reported({ freq: 'M', period_rule: 'M' }), missing, before)).toBeUndefined();
  });
});
