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
