import { describe, expect, it } from 'vitest';
import type { ThresholdSet } from './definition-threshold';
import { isOfUnit, judgesUnits, unitDimension, unitProblem, unitSlices } from './judged-unit';

const ears: ThresholdSet = {
  source: 'default',
  measure: 'ears',
  rules: [{ type: 'equals', colour: 'yellow', equals: ['C1'] }],
};
const byTopic: ThresholdSet = { ...ears, by: ['county', 'topic'] };
const plague: ThresholdSet = {
  source: 'default',
  measure: 'day_value',
  by: ['county', 'disease'],
  only: { values: ['鼠疫', '霍乱'], source: 'the law' },
  rules: [{ type: 'compare', colour: 'red', op: 'ge', limit: 1 }],
};
const classA: ThresholdSet = { ...plague, by: ['county', 'class'], only: { values: ['A'], source: 'card' } };
const metric = (slices: string[], ...sets: ThresholdSet[]) => ({
  slices,
  freq: 'D' as const,
  thresholds: { text: 't', sets },
});
const TICKETS = metric(['channel', 'topic'], byTopic);
const CASES = metric(['disease', 'class', 'age_group'], ears, plague, classA);

describe('units of judgement', () => {
  it('are a county and what the set names beside it, or the first slice', () => {
    expect([ears, byTopic, plague, { ...ears, measure: 'value' as const }].map(judgesUnits)).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(unitDimension(TICKETS, byTopic)).toBe('topic');
    expect(unitDimension(CASES, ears)).toBe('disease');
    expect(unitDimension({ slices: [] }, ears)).toBeUndefined();
  });

  it('are the days of one county and one value of that dimension alone', () => {
    const unit = { region: 140105, slice: 'topic=供热', freq: 'D' } as const;
    expect(isOfUnit(TICKETS, byTopic, unit)).toBe(true);
    const others = [{ region: 140100 }, { slice: '' }, { slice: 'channel=web' }, { freq: 'M' as const }];
    for (const other of [...others, { slice: 'channel=web;topic=供热' }])
      expect(isOfUnit(TICKETS, byTopic, { ...unit, ...other })).toBe(false);
  });

  it('are the named values where a set names some', () => {
    const of = (slice: string) => ({ region: 140105, slice, freq: 'D' as const });
    expect(isOfUnit(CASES, plague, of('disease=鼠疫'))).toBe(true);
    expect(isOfUnit(CASES, plague, of('disease=麻疹'))).toBe(false);
    expect(isOfUnit(CASES, classA, of('class=A'))).toBe(true);
    expect(isOfUnit(CASES, classA, of('class=B'))).toBe(false);
  });

  it('are kept by dimension: all values where any set takes all, else the named ones', () => {
    expect([...unitSlices(CASES)]).toEqual([
      ['disease', null],
      ['class', ['A']],
    ]);
    expect([...unitSlices(metric(['disease'], plague, ears))]).toEqual([['disease', null]]);
    expect([...unitSlices(metric(['disease'], { ...ears, measure: 'value' }))]).toEqual([]);
  });

  it('that cannot be are a problem in words, and are not kept', () => {
    const problems = [
      unitProblem(metric([]), ears),
      unitProblem(metric(['channel']), byTopic),
      unitProblem(TICKETS, { ...byTopic, by: ['topic'] }),
      unitProblem({ slices: ['disease'], freq: 'M' }, ears),
      unitProblem(TICKETS, { measure: 'value', only: { values: ['a'], source: 'b' } }),
    ];
    expect(problems).toEqual([
      '没有可作判定单元的分组维度',
      '指标没有分组维度 topic',
      '判定单元应为 county 与一个分组维度',
      '判定单元逐日判,指标没有日值',
      '只写 only 而没有判定单元 by',
    ]);
    expect([...unitSlices(metric(['channel'], byTopic))]).toEqual([]);
    expect(unitProblem(TICKETS, byTopic)).toBeNull();
  });
});
