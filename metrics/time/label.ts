import { isYtd } from '@/metrics/model/basis';
import type { Basis, Freq } from '@/metrics/model/cell';
import { nextPeriod, periodParts } from './period';

const QUARTER_ZH = ['一', '二', '三', '四'] as const;
const YTD_QUARTER_ZH = ['一季度', '上半年', '前三季度', '全年'] as const;

/**
 * SDMX TIME_PERIOD: '2024', '2024-Q1', '2024-03', '2024-03-05', '2024-03-05T08', '2024-03-05T08:15'.
 * The basis is a dimension of its own: 1–2月 累计 is '2024-02' with basis `ytd`.
 */
export function formatPeriod(freq: Freq, startMs: number): string {
  const { year, quarter, month, day, hour, minute } = periodParts(startMs);
  if (freq === 'A') return `${year}`;
  if (freq === 'Q') return `${year}-Q${quarter}`;
  const monthText = `${year}-${two(month)}`;
  if (freq === 'M') return monthText;
  const dayText = `${monthText}-${two(day)}`;
  if (freq === 'D') return dayText;
  return freq === 'H' ? `${dayText}T${two(hour)}` : `${dayText}T${two(hour)}:${two(minute)}`;
}

/**
 * The period as an official text names it: 2024年, 2024年一季度, 2024年上半年 (ytd of the second quarter),
 * 2024年1-2月 (ytd of February), 2024年3月末 (point), 2024年累计至3月5日 (ytd of a day), 3月5日 08时. Hours and minutes leave the year out.
 */
export function periodLabelZh(freq: Freq, startMs: number, basis: Basis = 'period'): string {
  const { year, quarter, month, day, hour, minute } = periodParts(startMs);
  const end = basis === 'point' ? '末' : '';
  switch (freq) {
    case 'A':
      return `${year}年${end}`;
    case 'Q':
      return isYtd(basis)
        ? `${year}年${YTD_QUARTER_ZH[quarter - 1]}`
        : `${year}年${QUARTER_ZH[quarter - 1]}季度${end}`;
    case 'M':
      return isYtd(basis) && month > 1 ? `${year}年1-${month}月` : `${year}年${month}月${end}`;
    case 'D':
      return `${year}年${isYtd(basis) ? '累计至' : ''}${month}月${day}日`;
    case 'H':
      return `${month}月${day}日 ${two(hour)}时`;
    case 'N':
      return `${month}月${day}日 ${two(hour)}:${two(minute)}`;
  }
}

/**
 * The period as it can be called at an instant: one that has not ended says 至今, for it does not yet hold all it is
 * named after, and has no end (年末, 全年) yet. Days, hours and minutes say by their name how far they go.
 */
export function periodLabelAt(freq: Freq, startMs: number, basis: Basis, atMs: number): string {
  const isOver = nextPeriod(freq, startMs) <= atMs;
  if (isOver || freq === 'H' || freq === 'N') return periodLabelZh(freq, startMs, basis);
  if (freq === 'D' && (isYtd(basis) || basis === 'point')) return periodLabelZh(freq, startMs, basis);
  const { year, quarter } = periodParts(startMs);
  if (freq === 'Q' && quarter === 4 && isYtd(basis)) return `${year}年至今`;
  return `${periodLabelZh(freq, startMs, basis === 'point' ? 'period' : basis)}至今`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
