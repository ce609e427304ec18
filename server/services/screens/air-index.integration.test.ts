import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellKey } from '@/metrics/model/cell';
import type { Actor } from '@/server/context';
import { air, at, labelsOf, openWorld, type World } from '@/tests/support/compute';
import { readPassport } from './passport';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
  const rest = { pm10: 40, so2: 10, no2: 20, co: 0.5, o3: 80 };
  await world.load(
    'air_quality_hour',
    labelsOf('2026-03-10').flatMap((label) => [
      air('s1', 140105, label, { ...rest, pm25: 40 }),
      air('s2', 140106, label, { ...rest, pm25: 80, o3: 81 }),
      // Not valid: it must not enter the ozone of the hour either.
      air('s3', 140106, label, { ...rest, pm25: 900, o3: 900 }, { flag: 'RM' }),
      air('city-140200', 140200, label, { ...rest, pm25: 20, o3: 180 }, { station_kind: 'city' }),
    ]),
    '2026-03-10',
  );
  await world.compute();
});
afterAll(() => world.runtime.close());

const cell = (freq: 'H' | 'D', region: number, metric = 'aqi'): CellKey => ({
  metric,
  freq,
  region,
  slice: '',
  basis: metric === 'aqi' ? 'period' : 'mean',
  measure: 'level',
  periodMs: at('2026-03-10T00:00:00'),
});

async function indexOf(key: CellKey) {
  const { airIndex } = await readPassport(world.runtime.context(), { cell: key });
  return (
    airIndex && {
      ...airIndex,
      items: airIndex.items.map(({ pollutant, text, band, iaqi, primary, cell: own }) =>
        [
          pollutant.split(' ')[1],
          text,
          band?.rounded,
          band?.concentration.join('–'),
          iaqi,
          primary,
          own !== null,
        ].join(' '),
      ),
    }
  );
}

describe('the passport of an AQI', () => {
  it('shows the sub-indices of a day, with what is needed to compute them by hand', async () => {
    // Stations 40 and 80 → city 60, at the breakpoint 60 of HJ 633-2026: IAQI 100. CO 0.5 of 0–2: 12.5, upwards 13.
    expect(await indexOf(cell('D', 140100))).toEqual({
      standard: 'HJ 633-2026',
      grade: '良',
      aqi: 100,
      agrees: true,
      primary: ['细颗粒物 PM2.5'],
      items: [
        'PM2.5 60.00 60 35–60 100 true true',
        'PM10 40.00 40 0–50 40 false true',
        // The mean of 80 and 81 is a tie: to the even 80, and 40 of 0–100.
        'O₃ 80.50 80 0–100 40 false true',
        'NO₂ 20.00 20 0–40 25 false true',
        'SO₂ 10.00 10 0–50 10 false true',
        'CO 0.500 0.5 0–2 13 false true',
      ],
    });
  });

  it('takes the ozone of an hour, which has no cell, from the valid rows of the hour', async () => {
    expect((await indexOf(cell('H', 140100)))?.items).toEqual([
      'PM2.5 60.00 60 35–60 100 true true',
      'PM10 40.00 40 0–50 40 false true',
      'O₃ 80.50 80 0–160 25 false false',
      'NO₂ 20.00 20 0–100 10 false true',
      'SO₂ 10.00 10 0–150 4 false true',
      'CO 0.500 0.5 0–5 5 false true',
    ]);
    // The province: the equal mean of its cities, 80.5 and 180 → 130.25, so 130 of 0–160: 40.6, upwards 41. PM2.5 40 → 60.
    const province = await indexOf(cell('H', 140000));
    expect(province).toMatchObject({ aqi: 60, agrees: true, primary: ['细颗粒物 PM2.5'] });
    expect(province?.items[2]).toBe('O₃ 130.25 130 0–160 41 false false');
  });

  it('is absent from other metrics, and closed to who may not read screens', async () => {
    expect(await indexOf(cell('D', 140100, 'pm25_avg'))).toBeNull();
    const auditor: Actor = {
      kind: 'user',
      id: 'a',
      name: 'a',
      role: 'auditor',
      scope: { regions: [140000], domains: null },
    };
    await expect(
      readPassport(world.runtime.context(auditor), { cell: cell('D', 140100) }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
