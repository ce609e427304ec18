import { type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { growthRatio } from './growth-ratio';
import { noResult, type Result, resultOf } from './result';

export interface FromYtdInput {
  ytd: NumberLike;
  /** Cumulative figure of the period before, as first known. */
  previousYtd: NumberLike;
  /** The same, as known in the publication batch of `ytd`; preferred, since revisions move both (T12). */
  previousYtdSameBatch?: NumberLike;
}

/**
 * 当月 (or single quarter, T2) of a flow as the difference of two cumulative figures, marked 推算. Negative results
 * are kept and flagged `ytd_revised` (calculus.md §6). Growth rates must never be deduced this way (T10).
 */
export function periodFromYtd({ ytd, previousYtd, previousYtdSameBatch }: FromYtdInput): Result {
  const now = toDecimal(ytd);
  const before = toDecimal(previousYtdSameBatch) ?? toDecimal(previousYtd);
  const operands = { ytd, previous_ytd: before };
  if (now === null || before === null) return noResult('operand_missing', operands, { basis: 'deduced' });
  const value = now.minus(before);
  return resultOf(value, operands, { basis: 'deduced', flags: value.isNegative() ? ['ytd_revised'] : [] });
}

/** What {@link isOfTwoBatches} needs of one vintage. */
interface Standing {
  value: NumberLike;
  status: string;
  vintageMs: number;
}

/**
 * Whether the two figures of a difference stand differently (calculus.md §2, §6): one preliminary and one final, or the
 * later one revised while the earlier one is still that of before.
 *
 * @param revised the vintage before of `now`, if it was published before
 */
export function isOfTwoBatches(
  now: Standing | undefined,
  before: Standing | undefined,
  revised: Standing | undefined,
): boolean {
  if (!now || !before) return false;
  if (now.status !== before.status) return true;
  const was = toDecimal(revised?.value);
  const is = toDecimal(now.value);
  return !!revised && !!was && !!is && !was.eq(is) && before.vintageMs <= revised.vintageMs;
}

export interface MonthOfYear {
  month: number;
  period: Result;
  /** 环比 of the single month; none for the first month, nor across merged 1–2月. */
  mom: Result;
}

/**
 * The twelve months of a year from its cumulative figures, by month number. With merged 1–2月 (period rule MC)
 * January and February have no month of their own: not 0, not the half (T3). Otherwise January's cumulative figure
 * is January.
 */
export function monthsFromYtd(
  ytdByMonth: Readonly<Record<number, NumberLike>>,
  options: { janFebMerged: boolean },
): MonthOfYear[] {
  const months: MonthOfYear[] = [];
  for (let month = 1; month <= 12; month += 1) {
    const period = single(month, ytdByMonth, options.janFebMerged);
    const previous = months.at(-1)?.period.value ?? null;
    months.push({
      month,
      period,
      mom: growthRatio({ current: period.value, base: previous, baseName: '上期' }),
    });
  }
  return months;
}

function single(
  month: number,
  ytdByMonth: Readonly<Record<number, NumberLike>>,
  janFebMerged: boolean,
): Result {
  const ytd = ytdByMonth[month];
  if (janFebMerged && month <= 2) return noResult('not_applicable', { ytd });
  if (month === 1) {
    const value = toDecimal(ytd);
    return value === null ? noResult('missing', { ytd }) : resultOf(value, { ytd });
  }
  return periodFromYtd({ ytd, previousYtd: ytdByMonth[month - 1] });
}
