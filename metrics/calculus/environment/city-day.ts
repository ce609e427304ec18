import type { NumberLike } from '@/metrics/format/decimal';
import { type AqiStandard, POLLUTANTS, type Pollutant } from './air-standard';
import { AIR_VALIDITY, cityHour, dailyMean, o3DailyMax8h } from './air-validity';
import { type Aqi, aqi } from './aqi';

/** Hourly values of one day by station: 24 values each, index 0 is the label 01:00, the last one 24:00. */
export type StationDay = Partial<Record<Pollutant, readonly NumberLike[]>>;

/**
 * AQI of a city's natural day: stations are averaged hour by hour, hours to daily values (O3 to its largest 8 h mean), and
 * only these become sub-indices (HJ 663, T40).
 */
export function cityDayAqi(
  stations: readonly StationDay[],
  standard: AqiStandard,
  validity = AIR_VALIDITY,
): Aqi & { concentrations: Record<Pollutant, string | null> } {
  const daily = Object.fromEntries(
    POLLUTANTS.map((pollutant) => {
      const hours = Array.from({ length: 24 }, (_, hour) =>
        cityHour(stations.map((station) => station[pollutant]?.[hour])),
      );
      const value = pollutant === 'o3' ? o3DailyMax8h(hours, validity) : dailyMean(hours, validity);
      return [pollutant, value?.toFixed() ?? null];
    }),
  ) as Record<Pollutant, string | null>;
  const index = aqi(
    {
      so2_24h: daily.so2,
      no2_24h: daily.no2,
      co_24h: daily.co,
      o3_8h: daily.o3,
      pm10: daily.pm10,
      pm25: daily.pm25,
    },
    standard,
  );
  return { ...index, concentrations: daily };
}
