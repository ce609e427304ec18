import { addPeriods, periodParts, periodRange } from '@/metrics/time/period';
import { civilOf, instantOf, weekdayOf } from '@/metrics/time/zone';
import { domainInScope } from '@/server/access/scope';
import { AppError } from '@/server/errors';
import { readObservations } from '@/server/observations/read';
import type { MetricChoice } from '@/server/services/screens/definition/model';
import { figureOf, isDemo, shownValue, textOf, unitText } from '@/server/services/screens/figure';
import { readableChoices } from '@/server/services/screens/panels/access';
import { classIndex, standardClasses } from '@/server/services/screens/panels/classes';
import { cellOf, definitionOf, newestOf, type Reading, seriesLike } from '@/server/services/screens/reading';
import type { CalendarData, CalendarDay, Figure, RegionRef } from '@/server/services/screens/types';

/** 优 and 良 are the first two classes of HJ 633. */
const GOOD_CLASSES = 2;

/** One civil year of daily values, the year of the newest one; a day without a value is a gap. */
export async function readCalendar(
  reading: Reading,
  region: RegionRef,
  wanted: { choice: MetricChoice; share: MetricChoice },
): Promise<CalendarData> {
  const { ctx, asOfMs } = reading;
  const [choice = wanted.choice] = readableChoices(reading, [wanted.choice]);
  const definition = definitionOf(reading, choice.metric);
  const ofYear = (year: number) =>
    readObservations(ctx, {
      ...{ metrics: [choice.metric], regions: [region.code], freq: ['D'], asOfMs },
      ...{ fromMs: instantOf(year), toMs: instantOf(year + 1) },
    });
  // Most likely the year of the newest value, so that it need not be known first.
  const present = { year: civilOf(asOfMs).year, days: ofYear(civilOf(asOfMs).year) };
  present.days.catch(() => undefined);
  const recent = await reading.pool.read({ metrics: [choice.metric], regions: [region.code], freq: ['D'] });
  const newest = newestOf(recent, choice, definition);
  if (!newest) throw new AppError('not_found', `${region.name}没有日${definition.name}数据`);
  const { year } = periodParts(newest.periodMs);
  const fromMs = instantOf(year);
  const toMs = instantOf(year + 1);
  const observations = await (year === present.year ? present.days : ofYear(year));
  const byDay = seriesLike(observations, newest);
  const classes = standardClasses(definition);
  const days = periodRange('D', fromMs, toMs).map((periodMs): CalendarDay => {
    // A day is judged when it is over.
    const future = addPeriods('D', periodMs, 1) > asOfMs;
    const value = future ? null : (byDay.get(periodMs)?.value ?? null);
    const { month, day } = periodParts(periodMs);
    return {
      periodMs,
      weekday: weekdayOf(year, month, day),
      week: weekOf(periodMs, fromMs),
      value: value === null ? null : textOf(definition, { value, measure: 'level', region: region.code }),
      level: classIndex(classes, shownValue(definition, value)),
      future,
    };
  });
  const counted = classes.map((entry, index) => ({
    ...entry,
    days: days.filter(({ level }) => level === index).length,
  }));
  const observed = days.filter(({ level }) => level !== null).length;
  const good = counted.slice(0, GOOD_CLASSES).reduce((sum, entry) => sum + entry.days, 0);
  const { periodMs: _, ...cell } = cellOf(newest);
  const share = await shareOf(reading, region, wanted.share, fromMs);
  const countable = region.level !== 'province';
  return {
    year,
    name: definition.name,
    unit: unitText(definition.unit),
    cell,
    days,
    classes: counted,
    months: Array.from({ length: 12 }, (_unused, index) => ({
      month: index + 1,
      week: weekOf(instantOf(year, index + 1), fromMs),
    })),
    observed,
    good,
    share,
    countable,
    sentence: sentenceOf({ region, year, observed, good, share, countable, counted }),
    demo: observations.some(isDemo),
  };
}

/** The share of the year that the calendar shows: the same cell as on its card. */
async function shareOf(
  reading: Reading,
  region: RegionRef,
  choice: MetricChoice,
  yearMs: number,
): Promise<Figure | null> {
  const definition = definitionOf(reading, choice.metric);
  if (!domainInScope(reading.ctx.actor.scope, definition.domain)) return null;
  const known = await reading.pool.read({
    metrics: [choice.metric],
    regions: [region.code],
    freq: choice.freq,
    measure: ['level'],
  });
  const current = newestOf(
    known.filter((o) => o.periodMs === yearMs && o.value !== null),
    choice,
    definition,
  );
  return current ? figureOf(definition, region.code, current, reading, choice.name) : null;
}

type Summary = Pick<CalendarData, 'year' | 'observed' | 'good' | 'share' | 'countable'> & {
  region: RegionRef;
  counted: CalendarData['classes'];
};

function sentenceOf({ region, year, observed, good, share, countable, counted }: Summary): string {
  const rate = share ? `${share.name} ${share.text}${share.unit}` : '';
  if (!countable)
    return `${region.name} ${year} 年${rate ? `${rate}(各市优良天数之和除以有效天数之和)` : ''};日历为全省平均浓度的逐日 AQI,有效 ${observed} 天。`;
  const words = counted.filter((entry) => entry.days > 0).map((entry) => `${entry.label} ${entry.days} 天`);
  const classes = words.length > 0 ? `(${words.join('、')})` : '';
  return `${region.name} ${year} 年有效 ${observed} 天,其中优良 ${good} 天${classes}${rate ? `,${rate}` : ''}。`;
}

/** Column of a day: weeks begin on Monday, the first one holds 1 January. */
function weekOf(dayMs: number, yearStartMs: number): number {
  const { year } = periodParts(yearStartMs);
  const offset = weekdayOf(year, 1, 1) - 1;
  return Math.floor((Math.round((dayMs - yearStartMs) / 86_400_000) + offset) / 7);
}
