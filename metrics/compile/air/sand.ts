import { basisBeside, sandlessBasis } from '@/metrics/model/basis';
import type { DatasetContract } from '@/metrics/model/dataset';
import type { AirCounting, AirTrack, CompileInput, Window } from '../types';
import type { OtherIndex, Pollutant } from './aqi';
import { rulesOf, tracksIn } from './prune';

/** 1 on the hours of a station that were under sand, as confirmed afterwards. */
const SAND_FLAG = 'sand_flag';

/** What a dust event is deducted from. */
export const UNDER_SAND: readonly Pollutant[] = ['pm10', 'pm25'];

/** Prefixes of the means without sand, of an hour and of a day. */
export const SANDLESS_HOURS = 'sandless_h_';
export const SANDLESS_DAYS = 'sandless_day_';

/** One way to count days without sand, in the stretch that it is kept for. */
export interface SandlessDays {
  index: OtherIndex;
  counting: AirCounting;
  window: Window;
}

/**
 * Days of the air without sand (环办监测〔2016〕120号, whose details are still to be checked): an hour under sand gives no
 * PM10 and no PM2.5, its gases stay. What is left of the day is judged by the usual rules: particulates of fewer than 20
 * hours are missing, and without them there is an AQI only above 100. So many a day under sand is not judged at all. It is
 * left out on purpose: a month or year is no less complete for it, which the days of the usual basis decide. Days are
 * judged by the edition of their date and, for comparison, by that of each track.
 */
export function sandlessDays(input: CompileInput, window: Window): SandlessDays[] {
  if (sandColumn(input.contract) === undefined) return [];
  const by = (track: AirTrack | undefined, as: string, of: Window): SandlessDays => {
    const basis = sandlessBasis(track?.basis ?? 'period') ?? '';
    return {
      index: {
        as,
        prefix: SANDLESS_DAYS,
        pollutants: UNDER_SAND,
        ...(track && { rules: rulesOf(input.air, track) }),
      },
      counting: { basis, ytdBasis: basisBeside(basis, 'ytd'), completeBy: 'period' },
      window: of,
    };
  };
  return [
    by(undefined, 'sandless_aqi', window),
    ...tracksIn(input, window).map(({ track, window: own }, i) => by(track, `sandless_aqi_${i}`, own)),
  ];
}

/** The column that marks sand, where the rows have one. */
export function sandColumn({ columns }: DatasetContract): string | undefined {
  return columns.some(({ name }) => name === SAND_FLAG) ? SAND_FLAG : undefined;
}
