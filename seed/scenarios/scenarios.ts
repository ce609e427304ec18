import { DAY_MS, HOUR_MS } from '@/metrics/time/zone';
import { airQualityGenerator } from '../generators/air-quality';
import { timeText } from '../generators/day';

/**
 * Small stories of what sources do to a warehouse, as CSV files of `air_quality_hour` in the order they arrive. Each is
 * a function of its end instant, so that a test holds the clock.
 */
export interface ScenarioFile {
  name: string;
  csv: string;
}

const HEADER = `${airQualityGenerator.columns.join(',')}\n`;
const SEED = 42;
const DATA_TS = airQualityGenerator.columns.indexOf('data_ts');
const REGION = airQualityGenerator.columns.indexOf('region_code');
const PM25 = airQualityGenerator.columns.indexOf('pm25');
/** 小店区: one place is enough for a story. */
const PLACE = '140105';

/** The place's rows of some hours up to `endMs`. */
function hoursUpTo(endMs: number, hours: number, knownAtMs = endMs): string[][] {
  const window = { fromMs: endMs - hours * HOUR_MS, toMs: endMs };
  return [...airQualityGenerator.rows({ seed: SEED, scale: 1, knownAtMs }, window)]
    .join('')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(','))
    .filter((cells) => cells[REGION] === PLACE);
}

function csv(rows: readonly (readonly string[])[]): string {
  return HEADER + rows.map((cells) => `${cells.join(',')}\n`).join('');
}

/** Two days as they should be. */
export function full(endMs: number): ScenarioFile[] {
  return [{ name: 'full.csv', csv: csv(hoursUpTo(endMs, 48)) }];
}

/** Six hours are missing in the middle of the second day: too few for its daily mean (20 hours). */
export function gap(endMs: number): ScenarioFile[] {
  const silentFrom = timeText(endMs - 12 * HOUR_MS);
  const silentTo = timeText(endMs - 6 * HOUR_MS);
  const rows = hoursUpTo(endMs, 48).filter((cells) => {
    const at = cells[DATA_TS] ?? '';
    return at <= silentFrom || at > silentTo;
  });
  return [{ name: 'gap.csv', csv: csv(rows) }];
}

/** The first day arrives after the second one, ten days late: accepted, marked, its day is computed again. */
export function late(endMs: number): ScenarioFile[] {
  const lateMs = endMs - 10 * DAY_MS;
  return [
    { name: 'on-time.csv', csv: csv(hoursUpTo(endMs, 24)) },
    { name: 'late.csv', csv: csv(hoursUpTo(lateMs, 24, endMs)) },
  ];
}

/** The same hours again after review, PM2.5 halved: the keys stay, the content counts once. */
export function restated(endMs: number): ScenarioFile[] {
  const rows = hoursUpTo(endMs, 24);
  const reviewed = rows.map((cells) =>
    cells.map((cell, i) => (i === PM25 && cell !== '' ? String(Math.floor(Number(cell) / 2)) : cell)),
  );
  return [
    { name: 'raw.csv', csv: csv(rows) },
    { name: 'reviewed.csv', csv: csv(reviewed) },
  ];
}

/** One good row among rows that must be refused or read as "not observed"; `reason` names what is wrong. */
export function dirty(endMs: number): (ScenarioFile & { good: number; bad: number })[] {
  const at = timeText(Math.floor(endMs / HOUR_MS) * HOUR_MS);
  const future = timeText(endMs + 3 * HOUR_MS);
  const row = (over: Record<string, string>) =>
    airQualityGenerator.columns
      .map(
        (column) =>
          over[column] ??
          {
            station_id: 'N140105A',
            station_kind: 'national',
            region_code: PLACE,
            data_ts: at,
            pm25: '35',
            pm10: '70',
            flag: 'valid',
            audit_status: 'raw',
            sand_flag: '0',
          }[column] ??
          '',
      )
      .join(',');
  const rows = [
    row({}),
    row({ station_id: 'N140106A', region_code: '140106', pm25: '-999' }),
    row({ station_id: 'X1', region_code: '999999' }),
    row({ station_id: 'X2', data_ts: future }),
    row({ station_id: 'X3', pm25: '12,5' }).replace('12,5', '"十二"'),
    row({ station_id: 'X4', data_ts: '1970年' }),
    row({ station_id: 'X5', flag: 'perfect' }),
  ];
  return [{ name: 'dirty.csv', csv: `\ufeff${HEADER}${rows.join('\r\n')}\r\n`, good: 2, bad: 5 }];
}

/** A header and nothing below it. */
export function empty(): ScenarioFile[] {
  return [{ name: 'empty.csv', csv: HEADER }];
}
