import { describe, expect, it } from 'vitest';
import { iaqiBand } from './iaqi-band';

describe('the band of an IAQI', () => {
  it('is that of the edition in force', () => {
    // HJ 633: 50 → 100 lies between 35 and 75 before 2026-03-01, between 35 and 60 after.
    expect(iaqiBand('pm25', '45', '2012')).toEqual({
      rounded: '45',
      concentration: [35, 75],
      index: [50, 100],
    });
    expect(iaqiBand('pm25', '45', '2026')).toEqual({
      rounded: '45',
      concentration: [35, 60],
      index: [50, 100],
    });
  });

  it('rounds half to even first, CO to a tenth; a breakpoint belongs to the band below it', () => {
    expect(iaqiBand('pm25', '35.5', '2026')).toMatchObject({ rounded: '36', concentration: [35, 60] });
    expect(iaqiBand('pm25', '34.5', '2026')).toMatchObject({ rounded: '34', concentration: [0, 35] });
    expect(iaqiBand('pm25', '35.4', '2026')).toMatchObject({ rounded: '35', concentration: [0, 35] });
    expect(iaqiBand('co_24h', '2.05', '2026')).toMatchObject({ rounded: '2.0', concentration: [0, 2] });
    expect(iaqiBand('so2_24h', '0', '2026')).toMatchObject({ rounded: '0', concentration: [0, 50] });
  });

  it('is none beyond the last breakpoint, for no value and for a negative one', () => {
    expect(iaqiBand('o3_8h', '801', '2026')).toBeNull();
    expect(iaqiBand('pm10', null, '2026')).toBeNull();
    expect(iaqiBand('pm10', '-1', '2026')).toBeNull();
  });
});
