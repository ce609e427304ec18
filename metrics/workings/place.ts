import { acrossOpenings } from '@/metrics/calculus/of-opening';
import { type Ranked, rank, rankChange } from '@/metrics/calculus/rank';
import { type Flag, noResult, type Result, resultOf } from '@/metrics/calculus/result';
import { rollupSum } from '@/metrics/calculus/rollup';
import { share } from '@/metrics/calculus/share';
import { toDecimal } from '@/metrics/format/decimal';
import { isYtd } from '@/metrics/model/basis';
import type { CellKey, Observation, RegionCode } from '@/metrics/model/cell';
import { isOtherCount } from '@/metrics/model/census-count';
import { isOfAnotherCollection, OTHER_COLLECTION_ZH } from '@/metrics/model/derived-source';
import { isBalance } from '@/metrics/model/figure-range';
import { isGrowthMetric } from '@/metrics/model/growth-metric';
import { periodParts } from '@/metrics/time/period';
import { compared as pairOf } from './compared';
import type { CellFacts } from './facts';
import { unlessRunning } from './growth';
import { publishedBefore } from './periods';
import { isIncomplete, originFlags, rankEntry } from './rank-entry';
import { type Working, workingOf } from './working';

/** 占比 of the region in the one above it; only of what adds up, and of no balance: its parts may be negative (§9). */
export function shareOfParentWorking(facts: CellFacts): Working[] {
  const { definition, current, surroundings } = facts;
  const { parent, parentVisible } = surroundings;
  if (!definition.additive_over_regions || isBalance(definition) || parent === null) return [];
  const whole = wholeOfPart(facts, current, { region: parent });
  if (parentVisible && !whole) return [];
  const mixed = current && whole && current.status !== whole.status;
  const result = parentVisible ? shareIn(facts, whole) : noResult('out_of_scope', {});
  return [
    workingOf(facts, {
      key: 'share_of_parent',
      label: '占上级地区比重',
      result: { ...result, flags: [...result.flags, ...(mixed ? (['status_mixed'] as const) : [])] },
      unit: 'share',
      rule: '本地区 ÷ 上级地区,同价同期,取同一发布批次的总量;修约后各占比之和可不等于 100%',
      source: '§9',
      operands: { part: { label: '本地区', from: current }, whole: { label: '上级地区', from: whole } },
    }),
  ];
}

function shareIn({ definition, current }: CellFacts, whole: Observation | undefined): Result {
  if (!isOfAnotherCollection(definition, current, whole)) return share(current?.value, whole?.value);
  const operands = { part: current?.value, whole: whole?.value };
  return noResult('not_comparable', operands, { text: OTHER_COLLECTION_ZH });
}

/**
 * The whole as it was known when the part was published: one that was revised alone since is not what the part is a part
 * of (calculus.md §9, T25). What is counted here is counted together, so its newest is taken.
 */
function wholeOfPart(
  facts: CellFacts,
  part: Observation | undefined,
  where: Partial<CellKey>,
): Observation | undefined {
  return part && facts.isPublished(part) ? facts.batchOf(part, where) : facts.at(where);
}

/** 占比 of a slice in the whole. */
export function shareOfSlicesWorking(facts: CellFacts): Working[] {
  const { cell, definition, current } = facts;
  const amount = definition.accumulation === 'flow' || definition.accumulation === 'stock';
  if (cell.slice === '' || !amount || isBalance(definition)) return [];
  const whole = facts.at({ slice: '' });
  return [
    workingOf(facts, {
      key: 'share_of_whole',
      label: '占全部比重',
      result: shareIn(facts, whole),
      unit: 'share',
      rule: '分组 ÷ 全部,同期;修约后各占比之和可不等于 100%',
      source: '§9',
      operands: { part: { label: '本分组', from: current }, whole: { label: '全部', from: whole } },
    }),
  ];
}

/** 排名 among the regions of the same parent, and 位次变化 since the period before. */
export function rankWorkings(facts: CellFacts): Working[] {
  const { cell, definition, surroundings } = facts;
  const { siblings, hiddenSiblings } = surroundings;
  const unranked =
    definition.direction === 'neutral' || (definition.direction === 'band' && !definition.band);
  if (unranked || siblings.length < 2) return [];
  const rule = '按发布精度修约后排,竞赛名次 1-2-2-4,缺数不参排';
  const common = { source: '§10', tone: 'none' as const };
  if (hiddenSiblings > 0) {
    const result = noResult(
      'out_of_scope',
      {},
      { text: `有 ${hiddenSiblings} 个同级地区不在数据范围内,不排名` },
    );
    return [
      workingOf(facts, { key: 'rank', label: '排名', result, unit: 'place', rule, operands: {}, ...common }),
    ];
  }
  const now = ranked(facts, cell.periodMs);
  const own = now.find(({ key }) => key === cell.region);
  const current = facts.current;
  const known = siblings.map((region) => facts.at({ region })).filter((o) => o?.value != null);
  // Nobody's place is surer than the others' figures.
  const compared = known.filter((o) => !isIncomplete(o));
  const present = compared.length;
  // A place among one is none, also where the others are incomplete.
  if (known.length < 2 || (present < 2 && !isIncomplete(current))) return [];
  const place = own?.rank ?? null;
  const operands = {
    value: own?.value,
    present,
    expected: siblings.length,
    from_last: own?.lastRank ?? null,
  };
  const workings = [
    workingOf(facts, {
      key: 'rank',
      label: '排名',
      result:
        place === null
          ? isIncomplete(current)
            ? noResult('partial', operands, { text: '不完整,不参加排名' })
            : noResult('missing', operands)
          : resultOf(toDecimal(place), operands, {
              flags: [
                ...(present < siblings.length ? (['partial'] as const) : []),
                ...originFlags(definition, compared),
              ],
            }),
      unit: 'place',
      ...(place !== null && {
        words: `第 ${place} 位(${amongWords(present, known.length, siblings.length)})`,
      }),
      rule: `${rule};${definition.direction === 'lower_better' ? '越低越前' : definition.direction === 'band' ? '离目标区间越近越前' : '越高越前'}`,
      operands: {
        value: { label: '参排值', from: current },
        present: { label: '参排地区', unit: 'count', of: compared },
        expected: { label: '同级地区', unit: 'count' },
        from_last: { label: '倒数名次', unit: 'count' },
      },
      ...common,
    }),
  ];
  const formerMs = publishedBefore(definition, cell);
  const former = ranked(facts, formerMs);
  const then = former.find(({ key }) => key === cell.region)?.rank ?? null;
  const moved = rankChange(former, now).get(cell.region) ?? null;
  if (place === null || former.every(({ value }) => value === null)) return workings;
  const change = { previous_rank: then, rank: place };
  const before = siblings.map((region) => facts.at({ region, periodMs: formerMs }));
  return [
    ...workings,
    workingOf(facts, {
      key: 'rank_change',
      label: '位次变化',
      result: resets(facts, formerMs)
        ? noResult('not_comparable', change, { text: '累计跨年归零,不与上年末比位次' })
        : unlessRunning(
            facts,
            true,
            moved === null
              ? noResult('not_comparable', change, { text: '两期参排地区不同,不比位次' })
              : placesMoved(
                  facts,
                  formerMs,
                  resultOf(toDecimal(moved), change, {
                    flags: originFlags(definition, [...compared, ...before]),
                  }),
                ),
          ),
      unit: 'places',
      rule: '上期名次 − 本期名次,正为前进;两期参排地区不同则不显示',
      source: '§10',
      operands: {
        previous_rank: { label: '上期名次', unit: 'count', of: before },
        rank: { label: '本期名次', unit: 'count', of: compared },
      },
      tone: 'more',
      precision: 0,
    }),
  ];
}

/** 累计 begins anew with the year (calculus.md §6); a growth of the year so far goes on from that of the year before. */
function resets({ cell, definition }: CellFacts, formerMs: number): boolean {
  const turns = periodParts(formerMs).year !== periodParts(cell.periodMs).year;
  return isYtd(cell.basis) && turns && !isGrowthMetric(definition);
}

function amongWords(present: number, known: number, all: number): string {
  if (present === all) return `${all} 个地区`;
  return `${all} 个地区中${present < known ? '数据完整' : '有数'}的 ${present} 个`;
}

function ranked(facts: CellFacts, periodMs: number): Ranked<RegionCode>[] {
  const { definition, surroundings } = facts;
  return rank({
    entries: surroundings.siblings.map((region) => rankEntry(region, facts.at({ region, periodMs }))),
    direction: definition.direction,
    precision: definition.precision,
    rounding: definition.rounding,
    ...(definition.band && { band: { low: definition.band[0], high: definition.band[1] } }),
  });
}

/** Behind the rule where the whole was published anew since and its parts were not. */
const REVISED_ALONE_ZH = '。本级值其后另有发布,此处取与分地区同一批次的本级值';
const OTHER_DAYS_ZH = '本级与分地区一为普查时点数,一为年末推算数,不核对';

/** 分地区合计 against the region's own figure: the published one stands, the sum only checks it (T25). */
export function rollupWorking(facts: CellFacts): Working[] {
  const { definition, current, surroundings } = facts;
  const { children } = surroundings;
  if (definition.rollup !== 'sum' || !definition.additive_over_regions || children.length === 0) return [];
  const parts = children.map((region) => facts.at({ region }));
  const present = parts.filter((o): o is Observation => o?.value != null);
  if (present.length === 0 || !current) return [];
  const complete = present.length === children.length;
  const [newest] = [...present].sort((a, b) => b.vintageMs - a.vintageMs);
  const whole = wholeOfPart(facts, newest, {}) ?? current;
  const mixed = present.some(({ status }) => status !== whole.status);
  const sum = rollupSum({ parts: parts.map((o) => o?.value), published: whole.value });
  const flags: Flag[] = [...sum.flags, ...(mixed ? (['status_mixed'] as const) : [])];
  const total = sum.operands.find(({ name }) => name === 'sum_of_parts')?.value ?? null;
  const gap = total === null || whole.value === null ? null : toDecimal(total)?.minus(whole.value);
  const counts = { present: present.length, expected: children.length };
  const operands = { published: whole.value, sum_of_parts: total, ...counts };
  const result = (): Result => {
    // A part of the regions checks nothing.
    const text = `只有 ${counts.present}/${counts.expected} 个下级地区有数,不核对`;
    if (!complete) return noResult('partial', operands, { text });
    // Counted on other days they need not add up.
    if (present.some((part) => isOtherCount(part, whole)))
      return noResult('counted_otherwise', operands, { text: OTHER_DAYS_ZH });
    return { ...resultOf(gap ?? null, operands), flags };
  };
  return [
    workingOf(facts, {
      key: 'rollup_check',
      label: '分地区合计核对',
      result: result(),
      unit: 'unit',
      rule: `分地区之和 − 本级值;以本级值为准,和只作核对,相差不到万分之一为舍入${whole.value === current.value ? '' : REVISED_ALONE_ZH}`,
      source: '§13',
      operands: {
        published: { label: '本级值', from: whole },
        sum_of_parts: { label: '分地区之和', of: present },
        present: { label: '有数地区', unit: 'count' },
        expected: { label: '下级地区', unit: 'count' },
      },
    }),
  ];
}

/** What a newly published stock put right moved no region (as with 环比). */
function placesMoved(facts: CellFacts, formerMs: number, made: Result): Result {
  const { reopened } = pairOf(facts, formerMs);
  return reopened ? acrossOpenings(made) : made;
}
