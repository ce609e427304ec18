import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/metrics/time/zone';
import { afterWorkdays, type DayFacts, dayFacts, hourIndex, timeText } from './day';
import { CHANNELS, REQUEST_TYPES, type Topic, topicsOf } from './hotline-topics';
import { type Generator, type GeneratorOptions, line } from './model';
import { COUNTIES_BY_POPULATION, type County } from './places';
import { type Choices, Random, smoothNormal } from './random';

/** 晋中 3.39 million people make a million calls a year (published), so the province makes about ten million. */
const TICKETS_A_DAY = 10_000_000 / 365;
const WEEKDAYS = [1.22, 1.12, 1.08, 1.06, 1.04, 0.78, 0.7];
/** Two peaks at 10 and 15 hours, little at night. */
const HOURS = [
  0.25, 0.18, 0.15, 0.13, 0.15, 0.25, 0.45, 0.9, 1.7, 2.25, 2.4, 2.0, 1.1, 1.05, 1.75, 2.1, 1.9, 1.55, 1.1,
  0.85, 0.75, 0.6, 0.45, 0.35,
];
const HOURS_MEAN = HOURS.reduce((sum, v) => sum + v, 0) / 24;

const COLUMNS = [
  'ticket_id',
  'region_code',
  'create_ts',
  'channel',
  'request_type',
  'topic',
  'subject_type',
  'valid',
  'dispatched',
  'department',
  'urgency',
  'assign_ts',
  'due_ts',
  'finish_ts',
  'revisit_valid',
  'revisit_solved',
  'revisit_sat',
  'repeat_of',
  'grid_id',
  'caller_hash',
  'text_masked',
] as const;

/** Longest life of a ticket from call to follow-up call; older tickets no longer change. */
const LIFE_DAYS = 40;

interface Ticket {
  county: County;
  id: string;
  createMs: number;
  channel: string;
  requestType: string;
  topic: Topic;
  enterprise: boolean;
  valid: boolean;
  dispatched: boolean;
  urgency: 'normal' | 'urgent' | 'emergency';
  assignMs?: number;
  dueMs?: number;
  finishMs: number;
  /** Follow-up call, if the caller was reached. */
  revisitMs?: number;
  solved: boolean;
  satisfaction: number;
  repeatOf?: string;
  grid: number;
  caller: string;
}

export const hotlineGenerator: Generator = {
  dataset: 'hotline_ticket',
  columns: COLUMNS,
  rows: function* (options, window) {
    for (const tickets of byDay(options, window.fromMs, window.toMs))
      yield tickets.map((ticket) => row(ticket, options.knownAtMs)).join('');
  },
  changes: function* (options, window) {
    const within = (ms: number | undefined) => ms !== undefined && ms > window.fromMs && ms <= window.toMs;
    for (const tickets of byDay(options, window.fromMs - LIFE_DAYS * DAY_MS, window.toMs)) {
      const changed = tickets.filter(
        (t) => within(t.createMs) || within(t.assignMs) || within(t.finishMs) || within(t.revisitMs),
      );
      if (changed.length > 0) yield changed.map((ticket) => row(ticket, options.knownAtMs)).join('');
    }
  },
};

function* byDay(options: GeneratorOptions, fromMs: number, toMs: number): Iterable<Ticket[]> {
  let block: Ticket[] = [];
  for (let ms = Math.floor(fromMs / HOUR_MS) * HOUR_MS; ms < toMs; ms += HOUR_MS) {
    const day = dayFacts(ms);
    const { topics, volume } = topicsOf(risesOf(options.seed, day, ms));
    const holiday =
      day.festivalOffset !== undefined && day.publicHoliday ? 0.5 : day.publicHoliday ? 0.75 : 1;
    const hourOfDay = (hourIndex(ms) + 8) % 24;
    const expected =
      ((TICKETS_A_DAY * options.scale) / 24) *
      (WEEKDAYS[day.weekday - 1] ?? 1) *
      ((HOURS[hourOfDay] ?? 1) / HOURS_MEAN) *
      holiday *
      volume;
    const random = new Random(options.seed, hourIndex(ms), 12345);
    for (let i = random.count(expected); i > 0; i--) {
      const county = random.pick(COUNTIES_BY_POPULATION);
      const ticket = makeTicket(random, county, ms, i, topics);
      if (ticket.createMs > fromMs && ticket.createMs <= toMs) block.push(ticket);
    }
    if (hourOfDay === 23) {
      if (block.length > 0) yield block;
      block = [];
    }
  }
  if (block.length > 0) yield block;
}

/** Heating at the start of the season and in cold weeks, rain in summer, school in late August, wages before 春节. */
function risesOf(seed: number, day: DayFacts, ms: number) {
  const season = (day.month === 11 && day.day <= 12) || (day.month === 10 && day.day >= 27);
  const winter = day.month >= 11 || day.month <= 3;
  const chill = smoothNormal(seed, 9, hourIndex(ms), 72);
  const rain = day.month >= 6 && day.month <= 9 ? smoothNormal(seed, 21, hourIndex(ms), 10) : 0;
  const beforeFestival =
    day.festivalOffset !== undefined && day.festivalOffset < 0 && day.festivalOffset > -35;
  return {
    heating: season ? 8 : winter ? 3 * Math.exp(-0.5 * chill) : 0.15,
    rain: rain > 1.3 ? 5 : 1,
    school: (day.month === 8 && day.day >= 20) || (day.month === 9 && day.day <= 10) ? 2.6 : 1,
    wages: beforeFestival ? 3 : 1,
    holiday: day.publicHoliday ? 1.8 : 1,
  };
}

function makeTicket(
  random: Random,
  county: County,
  hourMs: number,
  index: number,
  topics: Choices<Topic>,
): Ticket {
  const createMs = hourMs + random.integer(1, 3599) * 1000;
  const valid = random.chance(0.965);
  const requestType = random.pick(REQUEST_TYPES);
  const dispatched = valid && random.chance(requestType === '咨询' ? 0.06 : 0.36);
  const urgency = random.chance(0.004) ? 'emergency' : random.chance(0.05) ? 'urgent' : 'normal';
  const id = `${timeText(hourMs).replace(/\D/g, '').slice(2, 10)}${county.code}${String(index).padStart(3, '0')}`;
  const assignMs = dispatched ? createMs + Math.min(random.wait(35), 400) * MINUTE_MS : undefined;
  const allowedDays = urgency === 'emergency' ? 1 : urgency === 'urgent' ? 2 : 5;
  const dueMs = assignMs === undefined ? undefined : afterWorkdays(assignMs, allowedDays);
  const finishMs =
    assignMs === undefined || dueMs === undefined
      ? createMs + (3 + random.wait(6)) * MINUTE_MS
      : finishOf(random, assignMs, dueMs);
  const slow = dueMs !== undefined && finishMs > dueMs;
  const reached = valid && requestType !== '表扬' && random.chance(0.62);
  const solved = random.chance(slow ? 0.78 : 0.94);
  const dissatisfied = random.next() < (slow ? 0.14 : solved ? 0.035 : 0.3);
  return {
    county,
    id,
    createMs,
    channel: random.pick(CHANNELS),
    requestType,
    topic: random.pick(topics),
    enterprise: random.chance(0.07),
    valid,
    dispatched,
    urgency,
    assignMs,
    dueMs,
    finishMs,
    revisitMs: reached ? finishMs + random.integer(72, 168) * HOUR_MS : undefined,
    solved,
    satisfaction: dissatisfied ? random.integer(1, 2) : random.integer(3, 5),
    grid: random.integer(1, 60),
    caller: random.hex(64),
  };
}

/** Most are closed well within the time allowed, about one in twenty late. */
function finishOf(random: Random, assignMs: number, dueMs: number): number {
  const share = random.chance(0.055) ? 1 + Math.min(random.wait(0.25), 1.5) : 0.08 + 0.88 * random.next();
  return assignMs + (dueMs - assignMs) * share;
}

/** The ticket as it was known at an instant. */
function row(ticket: Ticket, knownAtMs: number): string {
  const known = (ms: number | undefined) => (ms !== undefined && ms <= knownAtMs ? timeText(ms) : null);
  const reached = known(ticket.revisitMs) !== null;
  return line([
    ticket.id,
    ticket.county.code,
    timeText(ticket.createMs),
    ticket.channel,
    ticket.requestType,
    ticket.topic.name,
    ticket.enterprise ? 'enterprise' : 'person',
    ticket.valid ? 1 : 0,
    ticket.dispatched ? 1 : 0,
    ticket.topic.department,
    ticket.urgency,
    known(ticket.assignMs),
    known(ticket.assignMs) === null || ticket.dueMs === undefined ? null : timeText(ticket.dueMs),
    known(ticket.finishMs),
    reached ? 1 : 0,
    reached && ticket.solved ? 1 : 0,
    reached ? ticket.satisfaction : null,
    ticket.repeatOf,
    `${ticket.county.code}${String(ticket.grid).padStart(3, '0')}`,
    ticket.caller,
    ticket.topic.summary,
  ]);
}
