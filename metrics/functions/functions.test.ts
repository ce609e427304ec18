import { describe, expect, it } from 'vitest';
import type { EarsRule, WaterRule } from '@/metrics/compile/layers/types';
import { instantOf } from '@/metrics/time/zone';
import { type EarsLayerRow, earsCells } from './ears';
import { type WaterLayerRow, waterCells } from './water';

const common = {
  source: 'rows',
  nowMs: instantOf(2026, 4, 10),
  scope: 'system',
  cities: [140100, 140200],
  window: { fromMs: instantOf(2026, 3), toMs: instantOf(2026, 4) },
} as const;

const WATER: WaterRule = {
  ...common,
  kind: 'water',
  gatherBy: 'M',
  long: false,
  items: ['tp'],
  classes: [{ code: 'class', version: 1, byMonth: true, byQuarter: false, section: 'section' }],
  shares: [{ code: 'good', version: 1, byMonth: true, byQuarter: false, factor: 100, slices: [] }],
};

const section = (name: string, region: number, body: string, tp: string | null): WaterLayerRow => ({
  section: name,
  region,
  body,
  periodMs: instantOf(2026, 3),
  demo: false,
  samples: 1,
  values: [tp],
  slices: [],
  verdicts: [[1, 1, 0, 0, 0, 0]],
});
const ROWS = [section('river', 140105, 'river', '0.04'), section('lake', 140213, 'lake', '0.04')];
const text = (cells: ReturnType<typeof waterCells>) =>
  cells.map(({ metric, region, slice, value }) => [metric, region, slice, value].filter(Boolean).join(' '));

describe('water', () => {
  it('judges a lake by its own limits of phosphorus: 0.04 is Ⅱ in a river and Ⅲ in a lake', () => {
    expect(text(waterCells(WATER, ROWS)).filter((cell) => cell.startsWith('class'))).toEqual([
      'class 140105 section=river 2',
      'class 140213 section=lake 3',
    ]);
  });

  it('gives nothing for a section of which no item was measured, not even a denominator', () => {
    const cells = waterCells(WATER, [...ROWS, section('dark', 140105, 'river', null)]);
    expect(cells.find(({ metric, region }) => metric === 'good' && region === 140000)?.denominator).toBe('2');
    expect(text(cells).some((cell) => cell.includes('dark'))).toBe(false);
  });

  it('gives a person own cells only, made of what they are made of for everybody', () => {
    const own = { ...WATER, scope: { regions: [140100], domains: null } };
    expect(text(waterCells(own, ROWS))).toEqual([
      'class 140105 section=river 2',
      'good 140100 100',
      'good 140105 100',
    ]);
  });
});

describe('signals', () => {
  const rule: EarsRule = { ...common, kind: 'ears', code: 'signals', version: 1, mergeDays: 7, daily: true };
  const row = (day: number, cases: string, region = 140105): EarsLayerRow => ({
    region,
    unit: '流感',
    dayMs: instantOf(2026, 3, day),
    cases,
    demo: false,
    rows: 1,
  });
  const counted = (rows: readonly EarsLayerRow[]) =>
    earsCells(rule, rows)
      .filter(({ freq, region, value }) => freq === 'D' && region === 140105 && value !== '0')
      .map(({ periodMs, value }) => [periodMs, value]);

  it('needs days that have arrived: five zeros are a baseline, missing reports are none', () => {
    const arrivals = [1, 2, 3, 4, 5, 6, 7].map((day) => row(day, '1', 140213));
    const outbreak = row(8, '2');
    expect(counted([...arrivals, outbreak])).toEqual([[instantOf(2026, 3, 8), '1']]);
    expect(counted([...arrivals.slice(0, 4), outbreak])).toEqual([]);
  });

  it('has no place for rows that name no county', () => {
    const arrivals = [1, 2, 3, 4, 5, 6, 7].map((day) => row(day, '1', 140213));
    expect(earsCells(rule, [...arrivals, row(8, '2', 140100)]).every(({ value }) => value === '0')).toBe(
      true,
    );
  });
});
