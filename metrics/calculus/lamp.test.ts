import { describe, expect, it } from 'vitest';
import { DARK, hysteresisPeriods, type LampState, nextLamp } from './hysteresis';
import { type Lamp, lampOf, mostSevere, parseLampRules } from './lamp';

const rulesOf = (text: string) => parseLampRules(text) ?? [];

describe('lampOf', () => {
  it('compares what is shown: 95.0 is never below 95 (T60)', () => {
    const rules = rulesOf('yellow<95');
    expect(lampOf('94.96', rules, { precision: 1 })).toBe('none');
    expect(lampOf('94.94', rules, { precision: 1 })).toBe('yellow');
    expect(lampOf('94.85', rulesOf('yellow<94.9'), { precision: 1, rounding: 'half_even' })).toBe('yellow');
    expect(lampOf('94.85', rulesOf('yellow<94.9'), { precision: 1 })).toBe('none');
  });

  it('takes the most severe colour and knows both sides of a band', () => {
    const rules = rulesOf('yellow<500|orange<420|yellow>900|orange>1200');
    const at = (value: number) => lampOf(value, rules, { precision: 0 });
    expect([500, 499, 419, 900, 901, 1201].map(at)).toEqual([
      'none',
      'yellow',
      'orange',
      'none',
      'yellow',
      'orange',
    ]);
    expect(mostSevere(['yellow', 'red', 'blue'])).toBe('red');
  });

  it('says nothing about a missing value', () => {
    expect(lampOf(null, rulesOf('red<1'), { precision: 0 })).toBeNull();
  });

  it('reads the catalogue notation and refuses anything else', () => {
    expect(parseLampRules('blue<0|yellow<-5')).toEqual([
      { colour: 'blue', op: 'lt', limit: '0' },
      { colour: 'yellow', op: 'lt', limit: '-5' },
    ]);
    expect(parseLampRules('red>=100%')).toEqual([{ colour: 'red', op: 'ge', limit: '100' }]);
    expect(parseLampRules('yellow=C1|orange=C2')).toBeNull();
    expect(parseLampRules('green<1')).toBeNull();
    expect(parseLampRules('')).toBeNull();
  });
});

describe('hysteresis', () => {
  const play = (verdicts: (Lamp | null)[], periods: number, start: LampState = DARK) => {
    let state = start;
    return verdicts.map((verdict) => {
      state = nextLamp(state, verdict, periods);
      return state.lamp;
    });
  };

  it('goes up at once and down after two milder periods, to the worst of them', () => {
    expect(play(['yellow', 'red', 'none', 'yellow', 'none', 'none'], 2)).toEqual([
      'yellow',
      'red',
      'red',
      'yellow',
      'yellow',
      'none',
    ]);
  });

  it('starts counting again when the level comes back, and skips missing periods', () => {
    expect(play(['red', 'none', 'red', 'none', null, 'none'], 2)).toEqual([
      'red',
      'red',
      'red',
      'red',
      'red',
      'none',
    ]);
  });

  it('waits three periods for daily metrics', () => {
    expect(hysteresisPeriods('D')).toBe(3);
    expect(hysteresisPeriods('M')).toBe(2);
    expect(play(['red', 'none', 'none', 'none'], 3)).toEqual(['red', 'red', 'red', 'none']);
  });
});
