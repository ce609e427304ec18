import type { MapChoice, ScreenDefinition } from '@/server/services/screens/definition/model';

/** What is compared between regions: on the map and in the ranking. */
const REGIONAL: readonly MapChoice[] = [
  { key: 'gdp', metric: 'gdp', growthMetric: 'gdp_growth', name: '生产总值', scale: 'quantile' },
  { key: 'population', metric: 'pop_resident', name: '常住人口', scale: 'quantile' },
  { key: 'aqi', metric: 'aqi', freq: ['H'], name: '实时 AQI', scale: 'standard' },
  { key: 'hotline', metric: 'hotline_requests', freq: ['D'], name: '热线诉求', scale: 'quantile' },
  { key: 'entities', metric: 'entity_new', freq: ['D'], name: '新登记主体', scale: 'quantile' },
];

/**
 * The province wall as data. The indicators are those for which the shipped published figures have a value; live ones
 * (air, hotline, registrations, cases) come from detail rows.
 */
export const PROVINCE_SCREEN: ScreenDefinition = {
  slug: 'province',
  title: '山西省经济社会运行一屏',
  panels: [
    {
      id: 'indicators',
      kind: 'indicators',
      title: '主要指标',
      follows: 'root',
      choices: [
        { metric: 'gdp', growthMetric: 'gdp_growth' },
        { metric: 'iva_growth', name: '规上工业增加值增速' },
        { metric: 'fai_growth', name: '固定资产投资增速' },
        { metric: 'retail_sales', name: '社会消费品零售总额' },
        { metric: 'budget_revenue' },
        { metric: 'coal_output' },
        { metric: 'urban_new_jobs', name: '城镇新增就业' },
        { metric: 'good_days_rate', freq: ['A', 'Q', 'M'], name: '优良天数比例', extra: true },
        { metric: 'power_generation', extra: true },
        { metric: 'power_export', extra: true },
        { metric: 'pop_resident', extra: true },
        { metric: 'grain_output', extra: true },
      ],
    },
    {
      id: 'trend',
      kind: 'trend',
      title: '地区生产总值',
      follows: 'nearest',
      level: { metric: 'gdp' },
      growthMetric: 'gdp_growth',
      freq: 'A',
      periods: 7,
    },
    {
      id: 'ranking',
      kind: 'ranking',
      title: '排名',
      follows: 'region',
      choices: REGIONAL,
    },
    {
      id: 'map',
      kind: 'map',
      title: '分地区',
      follows: 'region',
      choices: REGIONAL,
    },
    {
      id: 'pulse',
      kind: 'pulse',
      title: '今日运行',
      follows: 'region',
      choices: [
        { metric: 'aqi', freq: ['H'], name: 'AQI 实时', sparkPeriods: 24 },
        { metric: 'pm25_avg', freq: ['H'], name: 'PM2.5 小时', sparkPeriods: 24 },
        { metric: 'hotline_requests', freq: ['D'], name: '热线诉求', sparkPeriods: 14 },
        { metric: 'hotline_ontime_rate', freq: ['M'], name: '工单按时办结率', sparkPeriods: 12 },
        { metric: 'service_cases', freq: ['D'], name: '政务办件', sparkPeriods: 14 },
        { metric: 'entity_new', freq: ['D'], name: '新登记主体', sparkPeriods: 14 },
      ],
    },
    {
      id: 'calendar',
      kind: 'calendar',
      title: '空气质量日历',
      follows: 'nearest',
      choice: { metric: 'aqi', freq: ['D'] },
      share: { metric: 'good_days_rate', freq: ['A'] },
    },
    {
      id: 'events',
      kind: 'events',
      title: '刚刚进来',
      follows: 'region',
      turning: { metric: 'aqi', freq: ['H'] },
      releases: [
        'gdp',
        'iva_growth',
        'fai_growth',
        'retail_sales',
        'budget_revenue',
        'coal_output',
        'pop_resident',
      ],
      limit: 12,
    },
    {
      id: 'shares',
      kind: 'shares',
      title: '三次产业结构',
      follows: 'nearest',
      parts: [
        { metric: 'va_primary', name: '第一产业' },
        { metric: 'va_secondary', name: '第二产业' },
        { metric: 'va_tertiary', name: '第三产业' },
      ],
      whole: { metric: 'gdp', growthMetric: 'gdp_growth' },
      freq: 'A',
      periods: 6,
    },
    {
      id: 'hotline',
      kind: 'lines',
      title: '热线与办件 30 日',
      follows: 'nearest',
      choices: [
        { metric: 'hotline_requests', name: '热线诉求' },
        { metric: 'service_cases', name: '政务办件' },
      ],
      freq: 'D',
      periods: 30,
    },
    {
      id: 'air',
      kind: 'matrix',
      title: '各地空气质量',
      follows: 'region',
      choices: [
        { metric: 'aqi', name: 'AQI' },
        { metric: 'pm25_avg', name: 'PM2.5' },
        { metric: 'pm10_avg', name: 'PM10' },
        { metric: 'no2_avg', name: 'NO₂' },
        { metric: 'so2_avg', name: 'SO₂' },
        { metric: 'co_avg', name: 'CO' },
      ],
      freq: 'H',
    },
  ],
  layouts: {
    wide: {
      // The lower bounds are for small screens, where text stops shrinking with the wall.
      columns: 'max(27.5rem,360px) minmax(0,1fr) max(27.5rem,360px)',
      rows: 'max(8.25rem,106px) minmax(0,11fr) minmax(0,8.5fr) minmax(0,10fr)',
      areas: [
        ['indicators', 'indicators', 'indicators'],
        ['trend', 'map', 'pulse'],
        ['ranking', 'map', 'calendar'],
        ['ranking', 'map', 'events'],
      ],
    },
    ultra: {
      columns: 'repeat(3, minmax(0,1fr)) minmax(0,1.7fr) repeat(3, minmax(0,1fr))',
      rows: '8.25rem minmax(0,1fr) minmax(0,1fr)',
      areas: [
        ['indicators', 'indicators', 'indicators', 'indicators', 'indicators', 'indicators', 'indicators'],
        ['trend', 'shares', 'ranking', 'map', 'pulse', 'air', 'events'],
        ['hotline', 'hotline', 'ranking', 'map', 'calendar', 'calendar', 'events'],
      ],
    },
  },
};
