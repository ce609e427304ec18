import { describe, expect, it } from 'vitest';
import type { Context } from '@/server/context';
import { asOfMsOf } from '@/server/services/observations/period-filter';

const NOW = '2026-11-23T12:00:00.000+08:00';
const ctx = { clock: { nowMs: () => Date.parse(NOW) } } as Context;
const asked = (text: string) => new Date(asOfMsOf(ctx, text)).toISOString();

describe('the instant that is asked for', () => {
  it('is never later than now: today and a clock a little ahead mean now', () => {
    expect(asked('2026-11-22')).toBe('2026-11-22T15:59:59.999Z');
    const now = new Date(NOW).toISOString();
    expect([asked('2026-11-23'), asked('2026-11-23T12:04:59+08:00')]).toEqual([now, now]);
  });

  it.each(['2026-11-24', '2026-11-23T12:05:00+08:00', '2099-01-01', '2099-01-01T00:00:00Z'])(
    'is refused for %s, with the place',
    (text) => {
      expect(() => asked(text)).toThrow(
        expect.objectContaining({ code: 'bad_input', place: 'asOf', message: '截至时刻还没有到' }),
      );
    },
  );
});
