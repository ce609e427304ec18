import { expect, it } from 'vitest';
import { type Known, vintagesFor } from './official-vintages';

const DAY = 86_400_000;
const NOW = 100 * DAY;
const figure = {
  value: '5',
  facts: '5|x',
  withdrawn: false,
  published_s: (10 * DAY) / 1000,
  loaded_ms: 90 * DAY,
};
const gap = (day: number): Known => ({
  vintage_ms: day * DAY,
  facts: '||missing',
  published: false,
  isMissing: true,
});
const derived = (day: number): Known => ({
  vintage_ms: day * DAY,
  facts: '6|y',
  published: false,
  isMissing: false,
});
const said = (at: number): Known => ({ vintage_ms: at, facts: '5|x', published: true, isMissing: false });
const vintages = (known: Known[]) => vintagesFor(figure, null, known, NOW);

it('knows a figure since its day', () => {
  expect(vintages([])).toEqual([10 * DAY]);
  expect(vintages([gap(10)])).toEqual([10 * DAY]);
});

it('knows it again after a gap that was noted later, once', () => {
  expect(vintages([gap(12)])).toEqual([10 * DAY, 12 * DAY + 1]);
  expect(vintages([said(10 * DAY), gap(12), said(12 * DAY + 1)])).toEqual([]);
  expect(vintages([said(10 * DAY), gap(12)])).toEqual([12 * DAY + 1]);
});

it('knows it when it was loaded where a value was known in its place', () => {
  expect(vintages([derived(10)])).toEqual([90 * DAY]);
  expect(vintages([gap(10), derived(11), gap(95)])).toEqual([95 * DAY + 1]);
});
