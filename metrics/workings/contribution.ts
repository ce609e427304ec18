import { approximatePulls, contributionRate, type PullPart } from '@/metrics/calculus/contribution';
import { share } from '@/metrics/calculus/share';
import type { CellKey, Observation } from '@/metrics/model/cell';
import type { CellFacts } from './facts';
import { publishedGrowth } from './growth-of';
import { type OperandSource, type Working, workingOf } from './working';

/** The whole and its three industries. */
export const GDP = 'gdp';
export const INDUSTRIES = ['va_primary', 'va_secondary', 'va_tertiary'] as const;

const PULL_RULE = '上年现价占比 × 本年不变价增速(近似);官方用不变价增量,残差列出不摊';

/** 占GDP比重, 拉动 and 贡献率 of the three industries; on GDP itself with their sum and the residual. */
export function contributionWorkings(facts: CellFacts): Working[] {
  const { metric, freq, slice } = facts.cell;
  const industry = INDUSTRIES.find((code) => code === metric);
  if (slice !== '' || (freq !== 'A' && freq !== 'Q') || (!industry && metric !== GDP)) return [];
  const parts = INDUSTRIES.map((code) => partOf(facts, code));
  const growth = gdpGrowth(facts);
  const known = approximatePulls(
    parts.map(({ part }) => part),
    growth?.value,
  );
  if (industry) {
    const own = parts.find(({ part }) => part.name === industry);
    return own ? [shareOfGdp(facts), ...ofIndustry(facts, own, growth)] : [];
  }
  if (parts.every(({ growth: g }) => g === undefined)) return [];
  const pulls = parts.map((part) => pullWorking(facts, part, `pull_${part.part.name}`));
  const names = Object.fromEntries(
    parts.map(({ part, title }) => [part.name, { label: `${title}拉动`, unit: 'pp' as const }]),
  );
  return [
    ...pulls,
    workingOf(facts, {
      key: 'pull_residual',
      label: '拉动合计与发布增速之差',
      result: known.residual,
      unit: 'pp',
      precision: 2,
      rule: `三次产业拉动之和 − 发布增速;${PULL_RULE}`,
      source: '§12',
      operands: {
        ...names,
        sum: {
          label: '三次产业拉动合计',
          unit: 'pp',
          of: parts.flatMap(({ growth: own, shareOf }) => [own, ...shareOf]),
        },
        published_growth: { label: '发布增速', from: growth },
      },
    }),
  ];
}

interface Part {
  part: PullPart;
  title: string;
  growth: Observation | undefined;
  /** What last year's share was made of. */
  shareOf: readonly (Observation | undefined)[];
}

function partOf(facts: CellFacts, metric: string): Part {
  const formerMs = facts.yearsBefore(1);
  const former = facts.at({ metric, periodMs: formerMs });
  const growth = publishedGrowth(facts, { metric });
  const whole = wholeOf(facts, former, formerMs);
  return {
    part: { name: metric, previousShare: share(former?.value, whole?.value).value, growth: growth?.value },
    title: facts.definitionOf(metric).name,
    growth,
    shareOf: [former, whole],
  };
}

/** GDP of the batch in which the part was published: a whole that was revised alone makes every share wrong. */
function wholeOf(facts: CellFacts, part: Observation | undefined, periodMs: number): Observation | undefined {
  const where: Partial<CellKey> = { metric: GDP, periodMs };
  return part ? facts.batchOf(part, where) : facts.at(where);
}

function gdpGrowth(facts: CellFacts): Observation | undefined {
  return publishedGrowth(facts, { metric: GDP });
}

function shareOfGdp(facts: CellFacts): Working {
  const { current, cell } = facts;
  const whole = wholeOf(facts, current, cell.periodMs);
  return workingOf(facts, {
    key: 'share_of_gdp',
    label: '占GDP比重',
    result: share(current?.value, whole?.value),
    unit: 'share',
    rule: '增加值 ÷ 地区生产总值,同价同期,取同一发布批次的总量',
    source: '§9',
    operands: {
      part: { label: '增加值', from: current },
      whole: { label: '地区生产总值', from: whole },
    },
  });
}

function pullWorking(facts: CellFacts, { part, title, growth, shareOf }: Part, key: string): Working {
  const [found] = approximatePulls([part]).pulls;
  const own = key === 'pull';
  return workingOf(facts, {
    key,
    label: own ? '拉动GDP增长' : `${title}拉动`,
    result: found?.pull ?? approximatePulls([part]).sum,
    unit: 'pp',
    precision: 2,
    rule: PULL_RULE,
    source: '§12',
    operands: {
      previous_share: { label: '上年占GDP比重', unit: 'share', of: shareOf },
      growth: { label: '本年不变价增速', from: growth },
    },
    tone: 'direction',
  });
}

function ofIndustry(facts: CellFacts, own: Part, growth: Observation | undefined): Working[] {
  const pull = pullWorking(facts, own, 'pull');
  const rate = contributionRate(pull.value, growth?.value);
  const operands: Record<string, OperandSource> = {
    pull: { label: '拉动', unit: 'pp', of: [own.growth, ...own.shareOf] },
    growth: { label: 'GDP增速', from: growth },
  };
  return [
    pull,
    workingOf(facts, {
      key: 'contribution_rate',
      label: '对GDP增长的贡献率',
      result: {
        ...rate,
        ...(rate.value !== null && { basis: 'approximate', flags: [...rate.flags, 'approximate'] }),
      },
      unit: 'share',
      rule: '拉动 ÷ GDP增速;增速为负或绝对值不到 0.5% 时只显示拉动',
      source: '§12',
      operands,
    }),
  ];
}
