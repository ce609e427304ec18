import { DAY_MS } from '@/metrics/time/zone';
import { type DayFacts, dayFacts } from './day';
import { creditCode } from './identity';
import { type Generator, line } from './model';
import { COUNTIES, type County } from './places';
import { choices, Random } from './random';

/** Events of an ordinary working day of the whole province, of which 2,500 new, 4,000 changes, 900 gone. */
const EVENTS_A_WORKDAY = 8_000;
const EVENTS = choices([
  ['establish', 2500],
  ['change', 4000],
  ['cancel', 840],
  ['revoke', 60],
  ['abnormal_in', 280],
  ['abnormal_out', 220],
  ['move_in', 50],
  ['move_out', 50],
] as const);
const MONTHS = [0.75, 0.6, 1.25, 1.2, 1.15, 0.95, 0.95, 0.95, 1.15, 1.1, 1.1, 0.95];
const YEARLY_GROWTH = 1.08;

const KINDS = choices([
  ['个体工商户', 68],
  ['有限责任公司', 27],
  ['农民专业合作社', 3],
  ['个人独资企业', 2],
] as const);
/** Four-digit classes of GB/T 4754-2017; 批发零售 (51, 52) holds 45 %. */
const INDUSTRIES = choices([
  ['5212', 17],
  ['5219', 12],
  ['5297', 6],
  ['5129', 6],
  ['5168', 4],
  ['6210', 13],
  ['8111', 6],
  ['7299', 6],
  ['5430', 5],
  ['4790', 5],
  ['0159', 4],
  ['6513', 4],
  ['1331', 3],
  ['6110', 3],
  ['8399', 3],
  ['7810', 3],
] as const);

const COLUMNS = [
  'uscc',
  'region_code',
  'event',
  'event_date',
  'entity_type',
  'industry',
  'reg_capital',
  'reg_org',
  'legal_person_hash',
] as const;

export const marketEntityGenerator: Generator = {
  dataset: 'market_entity_event',
  columns: COLUMNS,
  rows: (options, window) => days(options.seed, options.scale, window.fromMs, window.toMs),
  // One delivery a day, in the small hours, of the day before.
  changes: (options, window) => days(options.seed, options.scale, window.fromMs, window.toMs),
};

/** Days that were over, deliveries and all, within the stretch. */
function* days(seed: number, scale: number, fromMs: number, toMs: number): Iterable<string> {
  const deliveryMs = 2 * 3_600_000;
  for (let ms = dayFacts(fromMs - 2 * DAY_MS).startMs; ms < toMs; ms += DAY_MS) {
    const day = dayFacts(ms);
    const deliveredMs = day.startMs + DAY_MS + deliveryMs;
    if (deliveredMs <= fromMs || deliveredMs > toMs) continue;
    const block = COUNTIES.map((county) => countyDay(seed, scale, county, day)).join('');
    if (block) yield block;
  }
}

function countyDay(seed: number, scale: number, county: County, day: DayFacts): string {
  const random = new Random(seed, county.code, Math.floor(day.startMs / DAY_MS), 8);
  const weekday = day.workday ? (day.weekday === 1 ? 1.2 : 0.97) : 0.1;
  const growth = YEARLY_GROWTH ** (day.year - 2025 + (day.month - 6) / 12);
  const expected =
    EVENTS_A_WORKDAY * scale * county.population * weekday * (MONTHS[day.month - 1] ?? 1) * growth;
  let rows = '';
  const n = random.count(expected);
  for (let i = 0; i < n; i++) rows += eventRow(random, county, day, random.pick(EVENTS));
  // Registers are cleared before the year's end.
  if (day.month === 12)
    for (let i = random.count(expected * 0.21); i > 0; i--) rows += eventRow(random, county, day, 'cancel');
  return rows;
}

function eventRow(random: Random, county: County, day: DayFacts, event: string): string {
  const kind = random.pick(KINDS);
  const code = creditCode(random, county.code, kind === '个体工商户' ? 2 : kind === '农民专业合作社' ? 3 : 1);
  const capital =
    kind === '个体工商户' ? random.wait(8) + 0.5 : Math.exp(3 + 1.4 * (random.next() * 2 - 0.6));
  return line([
    code,
    county.code,
    event,
    day.text,
    kind,
    random.pick(INDUSTRIES),
    capital.toFixed(2),
    `${county.name}行政审批服务管理局`,
    random.hex(64),
  ]);
}
