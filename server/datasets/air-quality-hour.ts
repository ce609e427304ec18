import { choice, datetime, decimal, flag, integer, NUMBER_SENTINELS, region, text } from './columns';
import type { DatasetEntry } from './entry';

const concentration = (name: string, title: string, max: number) =>
  decimal(name, title, `${title}小时均值;颗粒物为实况,气体按 298.15 K、1013.25 hPa`, {
    unit: 'μg/m³',
    scale: 1,
    min: 0,
    max,
    sentinels: NUMBER_SENTINELS,
  });

const weather = (name: string, title: string, unit: string, min: number, max: number) =>
  decimal(name, title, title, { unit, scale: 2, min, max, sentinels: [-99, -999, -9999, 9999] });

/**
 * Hourly values. The label is the END of the hour: 09:00 is the mean of 08:00–09:00, and 00:00 closes the day before.
 *
 * A source that publishes city values only (means over the city's national stations, 城市点位均值) is one series a city:
 * station_kind `city`, station_id `city-<code>`. It stands in for the city's national stations and must not be averaged
 * with them: of one city and hour use either.
 */
export const airQualityHour: DatasetEntry = {
  contract: {
    name: 'air_quality_hour',
    title: '空气质量小时值',
    version: 1,
    grain: '一个监测点一个小时',
    columns: [
      text('station_id', '点位编码', '监测点编码;城市均值序列为 city-区划代码', { nullable: false }),
      choice(
        'station_kind',
        '点位类别',
        'national 国控(参加城市评价)、province 省控、town 乡镇、city 国控点均值(来源只公布城市值时)',
        ['national', 'province', 'town', 'city'],
        { nullable: false },
      ),
      region('点位所在县(市、区);城市均值序列为市代码'),
      datetime('data_ts', '数据时间', '整点,表示前一小时的均值:09:00 为 08:00–09:00', { nullable: false }),
      concentration('pm25', '细颗粒物', 5000),
      concentration('pm10', '可吸入颗粒物', 10_000),
      concentration('so2', '二氧化硫', 5000),
      concentration('no2', '二氧化氮', 4000),
      concentration('o3', '臭氧', 2000),
      decimal('co', '一氧化碳', '一氧化碳小时均值', {
        unit: 'mg/m³',
        scale: 2,
        min: 0,
        max: 150,
        sentinels: [...NUMBER_SENTINELS, 999],
      }),
      weather('temp', '气温', '℃', -60, 60),
      weather('rh', '相对湿度', '%', 0, 100),
      weather('ws', '风速', 'm/s', 0, 100),
      weather('wd', '风向', '°', 0, 360),
      weather('pressure', '气压', 'hPa', 500, 1100),
      choice(
        'flag',
        '数据标识',
        'valid 有效;RM 维护、C 校准、B 仪器异常、H 有效性不足',
        ['valid', 'RM', 'C', 'B', 'H'],
        { nullable: false },
      ),
      choice(
        'audit_status',
        '审核状态',
        'raw 原始、auto 自动审核、reviewed 人工审核',
        ['raw', 'auto', 'reviewed'],
        {
          nullable: false,
        },
      ),
      flag('sand_flag', '沙尘', '沙尘影响日(事后核定)', { nullable: false }),
      integer('aqi_published', '公布的 AQI', '来源公布的 AQI,仅供与本系统的计算结果比对,不参加任何计算', {
        min: 0,
        max: 500,
        sentinels: NUMBER_SENTINELS,
      }),
    ],
    key: ['station_id', 'data_ts'],
    businessTime: 'data_ts',
    regionColumn: 'region_code',
    latenessDays: 7,
    rules: [
      {
        code: 'pm_inverted',
        condition: 'pm25 <= pm10',
        severity: 'flag',
        message: 'PM2.5 高于 PM10(倒挂)',
      },
    ],
    owner: '省生态环境厅',
    classification: 'public',
    dims: ['station_kind', 'station_id'],
  },
  defaults: { station_kind: 'national', flag: 'valid', audit_status: 'raw', sand_flag: '0' },
  mayBeFuture: [],
  placement: ['station_kind', 'region_code'],
  regionLevel: 'any',
  labelsHourEnd: true,
};
