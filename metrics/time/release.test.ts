import { describe, expect, it } from 'vitest';
import { WEEKDAYS_ONLY } from './calendar';
import { periodOf } from './period';
import { expectedRelease, missingReleaseState, overdueFrom, parseReleaseLag } from './release';
import { instantOf } from './zone';

const march = periodOf('M', { year: 2024, month: 3 });
const q1 = periodOf('Q', { year: 2024, quarter: 1 });
const y2024 = periodOf('A', { year: 2024 });
const day = periodOf('D', { year: 2024, month: 2, day: 29 });
const hour = periodOf('H', { year: 2024, month: 3, day: 5, hour: 8 });

describe('expectedRelease', () => {
  it.each([
    ['月后18-22日', 'M', march, instantOf(2024, 4, 18), instantOf(2024, 4, 23)],
    ['季后18-22日', 'Q', q1, instantOf(2024, 4, 18), instantOf(2024, 4, 23)],
    [
      '季后18-22日',
      'M',
      periodOf('M', { year: 2024, month: 1 }),
      instantOf(2024, 4, 18),
      instantOf(2024, 4, 23),
    ],
    [
      '月后10日',
      'M',
      periodOf('M', { year: 2024, month: 12 }),
      instantOf(2025, 1, 10),
      instantOf(2025, 1, 11),
    ],
    // February has no 30th: the month's last day stands for it.
    [
      '月后27-30日',
      'M',
      periodOf('M', { year: 2023, month: 1 }),
      instantOf(2023, 2, 27),
      instantOf(2023, 3, 1),
    ],
    ['次日', 'D', day, instantOf(2024, 3, 1), instantOf(2024, 3, 2)],
    ['次日8时', 'D', day, instantOf(2024, 3, 1), instantOf(2024, 3, 1, 8)],
    ['当日18时', 'D', day, instantOf(2024, 2, 29, 18), instantOf(2024, 2, 29, 18)],
    ['当日', 'D', day, instantOf(2024, 3, 1), instantOf(2024, 3, 1)],
    ['次日', 'M', march, instantOf(2024, 4, 1), instantOf(2024, 4, 2)],
    ['次年2-3月', 'A', y2024, instantOf(2025, 2, 1), instantOf(2025, 4, 1)],
    ['次年', 'A', y2024, instantOf(2025, 1, 1), instantOf(2026, 1, 1)],
    ['学年初报表(11月)', 'A', y2024, instantOf(2024, 11, 1), instantOf(2024, 12, 1)],
    ['12月中旬', 'A', y2024, instantOf(2024, 12, 11), instantOf(2024, 12, 21)],
    ['实时(小时)', 'H', hour, instantOf(2024, 3, 5, 9), instantOf(2024, 3, 5, 10)],
    ['实时(15分钟)', 'H', hour, instantOf(2024, 3, 5, 9), instantOf(2024, 3, 5, 9, 15)],
    ['4小时/月后10日', 'M', march, instantOf(2024, 4, 10), instantOf(2024, 4, 11)],
    ['4小时/月后10日', 'H', hour, instantOf(2024, 3, 5, 9), instantOf(2024, 3, 5, 13)],
    ['次年4月/月后20日', 'A', y2024, instantOf(2025, 4, 1), instantOf(2025, 5, 1)],
    ['次年4月/月后20日', 'Q', q1, instantOf(2024, 4, 20), instantOf(2024, 4, 21)],
    ['核报5日', 'D', day, instantOf(2024, 3, 1), instantOf(2024, 3, 6)],
  ] as const)('%s of %s', (lag, freq, startMs, fromMs, dueMs) => {
    expect(expectedRelease(lag, freq, startMs)).toEqual({ fromMs, dueMs });
  });

  it('refuses a lag it does not fully understand', () => {
    expect(parseReleaseLag('月后18日/尽快')).toBeNull();
    expect(expectedRelease('待定', 'M', march)).toBeNull();
  });
});

describe('逾期未报', () => {
  it('begins after two full working days beyond the due day', () => {
    // Due until the end of Thursday 2024-04-18: Friday and Monday are the grace.
    const dueMs = instantOf(2024, 4, 19);
    expect(overdueFrom(WEEKDAYS_ONLY, dueMs)).toEqual({
      overdueMs: instantOf(2024, 4, 23),
      basis: 'weekday',
    });
    expect(missingReleaseState(WEEKDAYS_ONLY, dueMs, dueMs - 1)).toBe('pending');
    expect(missingReleaseState(WEEKDAYS_ONLY, dueMs, dueMs)).toBe('late');
    expect(missingReleaseState(WEEKDAYS_ONLY, dueMs, instantOf(2024, 4, 23) - 1)).toBe('late');
    expect(missingReleaseState(WEEKDAYS_ONLY, dueMs, instantOf(2024, 4, 23))).toBe('overdue');
  });
});
