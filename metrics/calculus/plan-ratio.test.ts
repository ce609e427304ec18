import { describe, expect, it } from 'vitest';
import { planRatio } from './plan-ratio';

describe('actual against a plan of the year', () => {
  it('spreads the plan evenly over the days', () => {
    // 36500 a year are 100 a day, 3100 in January.
    expect(planRatio({ actual: 93, annualPlan: 36500, days: 1, daysOfYear: 365 }).value).toBe('93');
    expect(planRatio({ actual: 3255, annualPlan: 36500, days: 31, daysOfYear: 365 }).value).toBe('105');
  });

  it('is missing without a plan or an actual, and with a plan of nothing', () => {
    const of = (actual: number | null, annualPlan: number | null) =>
      planRatio({ actual, annualPlan, days: 1, daysOfYear: 366 });
    expect(of(93, null)).toMatchObject({ value: null, flags: ['operand_missing'] });
    expect(of(null, 36500)).toMatchObject({ value: null, flags: ['operand_missing'] });
    expect(of(93, 0)).toMatchObject({ value: null, flags: ['div0'] });
  });
});
