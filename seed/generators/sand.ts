import { civilOf, DAY_MS, HOUR_MS, instantOf } from '@/metrics/time/zone';
import type { County } from './places';
import { Random, unit } from './random';

interface SandEvent {
  startMs: number;
  hours: number;
  /** PM10 added at the peak, μg/m³. */
  peak: number;
  index: number;
}

const cache = new Map<string, readonly SandEvent[]>();

/** Four to eight dust events a year, March to May, half a day to two days long. */
function eventsOf(seed: number, year: number): readonly SandEvent[] {
  const key = `${seed}/${year}`;
  const known = cache.get(key);
  if (known) return known;
  const random = new Random(seed, year, 77);
  const events = Array.from({ length: random.integer(4, 8) }, (_, index) => ({
    startMs: instantOf(year, 3, 1) + random.integer(0, 85) * DAY_MS + random.integer(0, 23) * HOUR_MS,
    hours: random.integer(12, 44),
    peak: 260 + random.wait(190),
    index,
  }));
  cache.set(key, events);
  return events;
}

/** PM10 that a dust event adds at this place and hour, μg/m³; 0 without one. It arrives in the north first. */
export function sandAt(seed: number, county: County, ms: number, month: number): number {
  if (month < 3 || month > 6) return 0;
  const { year } = civilOf(ms);
  let added = 0;
  for (const event of eventsOf(seed, year)) {
    const northFirst = county.city === 140200 || county.city === 140600 ? 0 : 5 * HOUR_MS;
    const share = (ms - event.startMs - northFirst) / (event.hours * HOUR_MS);
    if (share < 0 || share > 1) continue;
    const strength = 0.35 + 0.9 * unit(seed, county.city, year, 100 + event.index);
    // Rises in a few hours, fades slowly.
    added += Math.min(event.peak, 1400) * strength * (share < 0.2 ? share / 0.2 : (1 - share) / 0.8);
  }
  return added;
}
