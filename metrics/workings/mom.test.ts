import { expect, it } from 'vitest';
import { cellFacts } from '@/metrics/testing/cell-facts';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import { workings } from './list';

const month = (m: number) => periodOf('M', { year: 2026, month: m });

it('writes 百分点 of rates in percent alone: 17.7 − 17.5 户/千人 are 0.2 户/千人 (calculus.md §1)', () => {
  const mom = (unit: string) => {
    const definition = sample.derived({ unit, precision: 1, accumulation: 'rate', mom: 'pp_diff' });
    const parts = [{ value: '17.7' }, { value: '17.5', periodMs: month(4) }];
    const cell = { freq: 'M', basis: 'period', region: 140300, periodMs: month(5) } as const;
    return workings(cellFacts(definition, cell, parts, month(7))).find(({ key }) => key === 'mom');
  };
  expect(mom('户/千人')).toMatchObject({ text: '+0.2 户/千人', rule: { text: '本期 − 基期' } });
  expect(mom('%')).toMatchObject({ text: '+0.2 个百分点', rule: { text: '本期 − 基期,百分点差' } });
});
