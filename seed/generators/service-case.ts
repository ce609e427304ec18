import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/metrics/time/zone';
import { afterWorkdays, type DayFacts, dateText, dayFacts, hourIndex, timeText } from './day';
import { type Generator, type GeneratorOptions, line } from './model';
import { COUNTIES_BY_POPULATION, type County } from './places';
import { choices, Random } from './random';

/** Cases of an ordinary working day of the whole province; a weekend has an eighth. */
const CASES_A_WORKDAY = 120_000;
const WEEKEND_SHARE = 0.125;
const MONTHS = [1.05, 0.9, 1.15, 1.0, 0.95, 1.1, 1.1, 1.12, 1.0, 0.9, 1.0, 0.95];
const HOURS = [
  0.05, 0.03, 0.02, 0.02, 0.03, 0.06, 0.15, 0.5, 1.9, 3.3, 3.4, 2.5, 0.9, 0.8, 2.3, 3.0, 2.6, 1.4, 0.4, 0.25,
  0.2, 0.15, 0.1, 0.07,
];
const HOURS_MEAN = HOURS.reduce((sum, v) => sum + v, 0) / 24;

/** Items of the service list: code, type, department, promised and statutory working days. Promise 0 is settled at once. */
const ITEMS = choices([
  [{ code: '14-0114-001', type: '公共服务', department: '人社局', promise: 0, legal: 5 }, 24],
  [{ code: '14-0123-002', type: '公共服务', department: '医保局', promise: 0, legal: 10 }, 20],
  [{ code: '14-0109-003', type: '公共服务', department: '公安局', promise: 0, legal: 10 }, 16],
  [{ code: '14-0131-004', type: '确认', department: '市场监管局', promise: 1, legal: 15 }, 12],
  [{ code: '14-0117-005', type: '确认', department: '住建局', promise: 3, legal: 30 }, 6],
  [{ code: '14-0115-006', type: '确认', department: '自然资源局', promise: 3, legal: 30 }, 8],
  [{ code: '14-0118-007', type: '许可', department: '交通运输局', promise: 7, legal: 20 }, 4],
  [{ code: '14-0123-008', type: '许可', department: '卫生健康委', promise: 10, legal: 20 }, 3],
  [{ code: '14-0111-009', type: '给付', department: '民政局', promise: 15, legal: 30 }, 4],
  [{ code: '14-0105-010', type: '许可', department: '教育局', promise: 10, legal: 20 }, 3],
] as const);

const COLUMNS = [
  'case_no',
  'region_code',
  'item_code',
  'item_type',
  'department',
  'channel',
  'subject_type',
  'stage',
  'apply_ts',
  'accept_ts',
  'finish_ts',
  'promise_date',
  'promise_days',
  'legal_days',
  'pause_days',
  'online_depth',
  'applicant_hash',
] as const;

/** No case is open longer than this. */
const LIFE_DAYS = 60;

interface Case {
  county: County;
  number: string;
  item: { code: string; type: string; department: string; promise: number; legal: number };
  channel: string;
  legal: boolean;
  applyMs: number;
  acceptMs: number;
  finishMs: number;
  promiseMs: number;
  outcome: 'finish' | 'reject' | 'withdraw';
  pauseDays: number;
  depth: number;
  applicant: string;
}

export const serviceCaseGenerator: Generator = {
  dataset: 'service_case',
  columns: COLUMNS,
  rows: function* (options, window) {
    for (const cases of byDay(options, window.fromMs, window.toMs))
      yield cases.map((one) => row(one, options.knownAtMs)).join('');
  },
  changes: function* (options, window) {
    const within = (ms: number) => ms > window.fromMs && ms <= window.toMs;
    for (const cases of byDay(options, window.fromMs - LIFE_DAYS * DAY_MS, window.toMs)) {
      const changed = cases.filter((c) => within(c.applyMs) || within(c.acceptMs) || within(c.finishMs));
      if (changed.length > 0) yield changed.map((one) => row(one, options.knownAtMs)).join('');
    }
  },
};

function* byDay(options: GeneratorOptions, fromMs: number, toMs: number): Iterable<Case[]> {
  let block: Case[] = [];
  for (let ms = Math.floor(fromMs / HOUR_MS) * HOUR_MS; ms < toMs; ms += HOUR_MS) {
    const day = dayFacts(ms);
    const hourOfDay = (hourIndex(ms) + 8) % 24;
    const expected =
      ((CASES_A_WORKDAY * options.scale) / 24) * dayFactor(day) * ((HOURS[hourOfDay] ?? 0) / HOURS_MEAN);
    const random = new Random(options.seed, hourIndex(ms), 13);
    for (let i = random.count(expected); i > 0; i--) {
      const county = random.pick(COUNTIES_BY_POPULATION);
      const one = makeCase(random, county, ms, i, day);
      if (one.applyMs > fromMs && one.applyMs <= toMs) block.push(one);
    }
    if (hourOfDay === 23) {
      if (block.length > 0) yield block;
      block = [];
    }
  }
  if (block.length > 0) yield block;
}

/** Mondays and the days after a holiday are busy, month ends a little. */
function dayFactor(day: DayFacts): number {
  if (!day.workday) return WEEKEND_SHARE;
  const afterHoliday = !dayFacts(day.startMs - DAY_MS).workday;
  return (afterHoliday ? 1.3 : 0.93) * (day.day >= 28 ? 1.12 : 1) * (MONTHS[day.month - 1] ?? 1);
}

function makeCase(random: Random, county: County, hourMs: number, index: number, day: DayFacts): Case {
  const item = random.pick(ITEMS);
  const applyMs = hourMs + random.integer(1, 3599) * 1000;
  // The share of online channels grows from year to year.
  const online = random.chance(Math.min(0.92, 0.8 + 0.02 * (day.year - 2024)));
  const channel = online ? random.pick(ONLINE_CHANNELS) : random.chance(0.9) ? 'hall' : 'kiosk';
  const acceptMs = applyMs + (online ? random.wait(110) : 2 + random.wait(12)) * MINUTE_MS;
  const promiseMs = afterWorkdays(acceptMs, Math.max(item.promise, 1));
  const late = random.chance(
    item.department === '自然资源局' || item.department === '住建局' ? 0.018 : 0.003,
  );
  const pauseDays = item.promise > 1 && random.chance(0.12) ? random.integer(1, 6) / 2 : 0;
  const share = late ? 1.05 + random.wait(0.3) : 0.15 + 0.75 * random.next();
  const finishMs =
    item.promise === 0 && !late
      ? acceptMs + (4 + random.wait(20)) * MINUTE_MS
      : acceptMs + (promiseMs - acceptMs) * Math.min(share, 3) + pauseDays * DAY_MS;
  const outcome = random.chance(0.015) ? 'reject' : random.chance(0.01) ? 'withdraw' : 'finish';
  return {
    county,
    number: `${timeText(hourMs).replace(/\D/g, '').slice(2, 10)}${county.code}S${String(index).padStart(3, '0')}`,
    item,
    channel,
    legal: random.chance(0.3),
    applyMs,
    acceptMs,
    finishMs,
    promiseMs,
    outcome,
    pauseDays,
    depth: online ? random.integer(3, 4) : random.integer(1, 3),
    applicant: random.hex(64),
  };
}

const ONLINE_CHANNELS = choices([
  ['app', 45],
  ['mini', 30],
  ['web', 25],
] as const);

/** The case as it was known at an instant. */
function row(one: Case, knownAtMs: number): string {
  const accepted = one.acceptMs <= knownAtMs;
  const ended = one.finishMs <= knownAtMs;
  return line([
    one.number,
    one.county.code,
    one.item.code,
    one.item.type,
    one.item.department,
    one.channel,
    one.legal ? 'legal' : 'person',
    ended ? one.outcome : accepted ? 'accept' : 'apply',
    timeText(one.applyMs),
    accepted ? timeText(one.acceptMs) : null,
    ended ? timeText(one.finishMs) : null,
    accepted ? dateText(one.promiseMs) : null,
    one.item.promise,
    one.item.legal,
    one.pauseDays.toFixed(1),
    one.depth,
    one.applicant,
  ]);
}
