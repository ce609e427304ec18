import { describe, expect, it } from 'vitest';
import { cellFacts, type KnownPart } from '@/metrics/testing/cell-facts';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import { workings } from './list';

const NOW = Date.parse('2026-11-27T09:00:00+08:00');
const CITIES = [140100, 140200, 140300];
const cell = { freq: 'M', region: 140100, periodMs: periodOf('M', { year: 2026, month: 9 }) } as const;
const definition = sample.reported({ direction: 'higher_better' });
const rankOf = (parts: readonly KnownPart[]) =>
  workings(cellFacts(definition, cell, parts, NOW, { parent: 140000, siblings: CITIES })).find(
    ({ key }) => key === 'rank',
  );

describe('a place among regions', () => {
  const [a, b, c] = [
    { value: '30', region: 140100 },
    { value: '40', region: 140200 },
    { value: '10', region: 140300 },
  ];

  it('is whole where every region has a whole value (§10)', () => {
    expect(rankOf([a, b, c])).toMatchObject({ text: '第 2 位(3 个地区)', flags: [] });
  });

  it('is not for one that lacks days or counties: it stands lower than it would (§10, §13)', () => {
    const lacking = { ...b, flags: ['partial'] };
    // 40 of a part of its counties stands before 30 of all of them, which is no place.
    expect(rankOf([a, lacking, c])).toMatchObject({
      text: '第 1 位(3 个地区中数据完整的 2 个)',
      flags: [{ flag: 'partial', words: '不完整' }],
    });
    expect(rankOf([{ ...a, flags: ['partial'] }, b, c])).toMatchObject({
      value: null,
      reason: '不完整,不参加排名',
    });
  });

  it('says how many have a value where the others have none', () => {
    expect(rankOf([a, b])?.text).toBe('第 2 位(3 个地区中有数的 2 个)');
  });
});

describe('a change of place of a stock that is counted on', () => {
  const stock = sample.aggregated({
    ...{
      code: 'stock',
      accumulation: 'stock',
      period_rule: 'ME',
      direction: 'higher_better',
      dataset: 'events',
    },
    fn: { name: 'stock_balance', args: {} },
  });
  const month = (m: number) => periodOf('M', { year: 2026, month: m });
  const own = { ...cell, basis: 'point', periodMs: month(9) } as const;
  const counted = { basis: 'point', source: 'events' };
  const parts = (source: string): KnownPart[] => [
    { ...counted, value: '30', source },
    { ...counted, value: '10', periodMs: month(8) },
    { ...counted, value: '20', region: 140200 },
    { ...counted, value: '20', region: 140200, periodMs: month(8) },
    { ...counted, value: '5', region: 140300 },
    { ...counted, value: '5', region: 140300, periodMs: month(8) },
  ];
  const changeOf = (source: string) =>
    workings(cellFacts(stock, own, parts(source), NOW, { parent: 140000, siblings: CITIES })).find(
      ({ key }) => key === 'rank_change',
    );

  it('is one where both are counted from one opening, and none over a new one', () => {
    expect(changeOf('events')).toMatchObject({ value: '1' });
    expect(changeOf('省市场监管局')).toMatchObject({
      value: null,
      reason: '期间公布了新的存量,两期不是接着推算的',
    });
  });
});

it('a share is of one collection, whichever of both a publisher gave (§9)', () => {
  const counted = sample.aggregated({ additive_over_regions: true, dataset: 'tickets' });
  const shareOf = (part: string, whole: string) =>
    workings(
      cellFacts(
        counted,
        cell,
        [
          { value: '77', source: part },
          { value: '53', source: whole, region: 140000 },
        ],
        NOW,
        { parent: 140000, parentVisible: true, siblings: [] },
      ),
    ).find(({ key }) => key === 'share_of_parent');
  const refused = { value: null, reason: '总量与分项一为发布数、一由明细计算,不同源,不算占比' };
  expect(shareOf('省局', 'tickets')).toMatchObject(refused);
  expect(shareOf('tickets', '省局')).toMatchObject(refused);
  expect(shareOf('tickets', 'tickets')?.text).toBe('145.3%');
});
