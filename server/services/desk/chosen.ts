import type { Freq } from '@/metrics/model/cell';
import { parseSlice } from '@/metrics/model/slice';
import { parsePeriod } from '@/metrics/time/parse-period';
import { AppError } from '@/server/errors';
import type { Reach } from '@/server/services/desk/reach';

/** @throws AppError `bad_input` for text that is no canonical slice. */
export function sliceOf(text: string | undefined): string {
  if (text === undefined || text === '') return '';
  try {
    parseSlice(text);
  } catch (error) {
    throw new AppError('bad_input', `分组“${text}”不规范,应为 dim=value;dim=value`, {
      place: 'slice',
      cause: error,
    });
  }
  return text;
}

/** The frequency of a period; undefined where none is named. */
export function freqOf(period: string | undefined): Freq | undefined {
  return period === undefined ? undefined : parsePeriod(period)?.freq;
}

/**
 * The period asked for; null when none was, or when it is of another frequency than the one shown (the reader has
 * just switched).
 * @throws AppError `bad_input` for text that names no period.
 */
export function chosenPeriod({ freq }: Pick<Reach, 'freq'>, text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  const parsed = parsePeriod(text);
  if (!parsed) throw new AppError('bad_input', `“${text}”不是可识别的时期`, { place: 'period' });
  return parsed.freq === freq ? parsed.startMs : null;
}
