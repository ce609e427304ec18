/**
 * Small deterministic randomness. Every value is a function of a seed number and the coordinates it belongs to (place,
 * hour …), not of how many numbers were drawn before it: one hour can be generated alone and equals the same hour of a
 * whole year's run.
 */

/** Mixes integers into 32 well-spread bits (MurmurHash3's body and finaliser). */
export function hash32(seed: number, a: number, b = 0, c = 0): number {
  let h = seed | 0;
  h = mixIn(h, a);
  h = mixIn(h, b);
  h = mixIn(h, c);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function mixIn(h: number, value: number): number {
  let k = Math.imul(value | 0, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  h ^= Math.imul(k, 0x1b873593);
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe6546b64) | 0;
}

/** Uniform in (0, 1), never 0 or 1. */
export function unit(seed: number, a: number, b = 0, c = 0): number {
  return (hash32(seed, a, b, c) + 0.5) / 4294967296;
}

/** Standard normal of the coordinates, by Box and Muller. */
export function normal(seed: number, a: number, b = 0, c = 0): number {
  const first = unit(seed, a, b, c);
  const second = unit(seed ^ 0x9e3779b9, a, b, c);
  return Math.sqrt(-2 * Math.log(first)) * Math.cos(2 * Math.PI * second);
}

/** A stream of numbers (mulberry32) for what needs several draws at one place. */
export class Random {
  private state: number;

  constructor(seed: number, a: number, b = 0, c = 0) {
    this.state = hash32(seed, a, b, c);
  }

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  integer(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** Exponential waiting time of the given mean. */
  wait(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }

  /** Poisson count: exact for small means, by the normal law above. */
  count(mean: number): number {
    if (mean <= 0) return 0;
    if (mean > 30) {
      const normalDraw = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * normalDraw));
    }
    const limit = Math.exp(-mean);
    let n = 0;
    let product = this.next();
    while (product > limit) {
      n++;
      product *= this.next();
    }
    return n;
  }

  pick<T>(choices: Choices<T>): T {
    const at = this.next() * choices.total;
    for (const choice of choices.list) if (at < choice.until) return choice.value;
    return choices.last;
  }

  /** Lower-case hexadecimal digits, for made-up keyed hashes. */
  hex(digits: number): string {
    let text = '';
    while (text.length < digits)
      text += Math.floor(this.next() * 0x10000)
        .toString(16)
        .padStart(4, '0');
    return text.slice(0, digits);
  }
}

/** Weighted alternatives, summed once. */
export interface Choices<T> {
  list: readonly { value: T; until: number }[];
  last: T;
  total: number;
}

export function choices<T>(pairs: readonly (readonly [T, number])[]): Choices<T> {
  let total = 0;
  const list = pairs.map(([value, weight]) => {
    total += weight;
    return { value, until: total };
  });
  const last = list.at(-1);
  if (!last) throw new Error('choices need at least one alternative');
  return { list, last: last.value, total };
}

/**
 * Standard normal that changes smoothly with time: independent values at knots every `stepHours`, interpolated and
 * brought back to variance 1. Stands for an AR(1) series and, unlike one, can be read at any hour.
 */
export function smoothNormal(seed: number, series: number, hour: number, stepHours: number): number {
  const knot = Math.floor(hour / stepHours);
  const share = hour / stepHours - knot;
  const eased = share * share * (3 - 2 * share);
  const left = knotValue(seed, series, knot, stepHours);
  const right = knotValue(seed, series, knot + 1, stepHours);
  return (left * (1 - eased) + right * eased) / Math.sqrt(eased * eased + (1 - eased) * (1 - eased));
}

/** The same two knots are asked for again in every hour between them. */
const knots = new Map<number, { seed: number; knot: number; value: number }>();

function knotValue(seed: number, series: number, knot: number, stepHours: number): number {
  const slot = (series * 128 + stepHours) * 2 + (knot & 1);
  const kept = knots.get(slot);
  if (kept && kept.seed === seed && kept.knot === knot) return kept.value;
  const value = normal(seed, series, knot, stepHours);
  if (kept) {
    kept.seed = seed;
    kept.knot = knot;
    kept.value = value;
  } else knots.set(slot, { seed, knot, value });
  return value;
}
