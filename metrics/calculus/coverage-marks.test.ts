import { describe, expect, it } from 'vitest';
import { coverageMarks, coverageWord } from './coverage-marks';

const of = (...flags: string[]) => ({ flags });
const SUM = of('partial', 'nearly_whole');

describe('marks of what is made of figures that lack counties (calculus.md §13)', () => {
  it.each([
    ['of whole ones', [of(), of('running')], [], []],
    ['of two sums that lack little', [SUM, SUM], ['nearly_whole'], ['partial', 'nearly_whole']],
    ['of one beside a whole one', [SUM, of()], ['partial'], ['partial', 'nearly_whole']],
    ['of a rate that lacks little', [of('nearly_whole'), of()], ['nearly_whole'], ['nearly_whole']],
    ['of one that lacks more', [SUM, of('partial')], ['partial'], ['partial']],
    ['of a rate beside one that lacks more', [of('nearly_whole'), of('partial')], ['partial'], ['partial']],
  ])('%s', (_, sources, ofRate, ofSum) => {
    expect(coverageMarks(sources, true)).toEqual(ofRate);
    expect(coverageMarks(sources, false)).toEqual(ofSum);
  });
});

it('a value says one word of what it lacks, the graver one', () => {
  expect(
    [SUM, of('partial'), of('nearly_whole'), of('running')].map(({ flags }) => coverageWord(flags)),
  ).toEqual(['不完整', '不完整', '个别县缺数', null]);
});
