import { describe, expect, it } from 'vitest';
import { cellFacts, type KnownPart } from '@/metrics/testing/cell-facts';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import { workings } from './list';

const NOW = Date.parse('2025-03-01T00:00:00+08:00');
const year = (y: number) => periodOf('A', { year: y });
const INFERRED = { flags: ['inferred'] };

/** Workings of 2022, by key. */
function of2022(definition: Parameters<typeof cellFacts>[0], parts: readonly KnownPart[]) {
  const made = workings(cellFacts(definition, { freq: 'A', periodMs: year(2022) }, parts, NOW));
  return (key: string) => {
    const found = made.find((working) => working.key === key);
    return found && { text: found.text, basis: found.basis, flags: found.flags.map(({ words }) => words) };
  };
}

// Urban income of Shanxi: 37 433 in 2021; 39 532 in 2022 follows from the bulletin of 2023 alone. 5.6 % on the year.
const income = sample.reported({ yoy: 'value_ratio', freq: 'A', period_rule: 'Y' });

describe('what is made of a figure that follows from others only', () => {
  it('says so, whichever side it stands on', () => {
    const mark = ['由其他发布数推得'];
    const now = [
      { value: '39532', ...INFERRED },
      { value: '37433', periodMs: year(2021) },
    ];
    expect(of2022(income, now)('yoy')).toEqual({ text: '+5.6%', basis: 'computed', flags: mark });
    const then = [{ value: '39532' }, { value: '37433', periodMs: year(2021), ...INFERRED }];
    expect(of2022(income, then)('yoy')).toEqual({ text: '+5.6%', basis: 'computed', flags: mark });
  });

  it('says so of a change of growths too', () => {
    // 5.6 − 7.6 = −2.0: the growth of 2021 was published, that of 2022 is computed from the inferred level.
    const parts: KnownPart[] = [
      { value: '39532', ...INFERRED },
      { value: '37433', periodMs: year(2021) },
      { value: '7.6', measure: 'yoy', periodMs: year(2021) },
    ];
    expect(of2022(income, parts)('accel_pp')?.flags).toEqual(['由其他发布数推得']);
  });

  it('is as published where somebody published it', () => {
    const parts: KnownPart[] = [
      { value: '39532', ...INFERRED },
      { value: '37433', periodMs: year(2021) },
      { value: '5.6', measure: 'yoy' },
    ];
    expect(of2022(income, parts)('yoy')).toEqual({ text: '+5.6%', basis: 'published', flags: [] });
  });
});

describe('what stands on figures that nobody checked', () => {
  const recalled = { flags: ['recalled'] };
  const levels: KnownPart[] = [
    { value: '1463.7', ...recalled },
    { value: '1234.7', periodMs: year(2021) },
  ];

  it('says so, published or computed', () => {
    // 1463.7 / 1234.7 − 1 = 18.547 %
    expect(of2022(income, levels)('yoy')).toEqual({
      text: '+18.5%',
      basis: 'computed',
      flags: ['凭记忆录入,未核到出处'],
    });
    const published: KnownPart = { value: '18.4', measure: 'yoy', ...recalled };
    const sourced = levels.map((part) => ({ ...part, flags: [] }));
    expect(of2022(income, [...sourced, published])('yoy')?.flags).toEqual(['凭记忆录入,未核到出处']);
  });

  it('says nothing of levels that a published growth does not stand on', () => {
    expect(of2022(income, [...levels, { value: '18.4', measure: 'yoy' }])('yoy')).toEqual({
      text: '+18.4%',
      basis: 'published',
      flags: [],
    });
  });
});
