/**
 * Class limits of GB 3838-2002, mg/L, for classes Ⅰ–Ⅴ (calculus.md §20). Of the basic items 21 are evaluated: not water
 * temperature, total nitrogen or faecal coliforms.
 */
export const WATER_LIMITS = {
  do: [7.5, 6, 5, 3, 2],
  codmn: [2, 4, 6, 10, 15],
  cod: [15, 15, 20, 30, 40],
  bod5: [3, 3, 4, 6, 10],
  nh3n: [0.15, 0.5, 1.0, 1.5, 2.0],
  tp: [0.02, 0.1, 0.2, 0.3, 0.4],
  /** Total phosphorus of lakes and reservoirs. */
  tp_lake: [0.01, 0.025, 0.05, 0.1, 0.2],
  cu: [0.01, 1.0, 1.0, 1.0, 1.0],
  zn: [0.05, 1.0, 1.0, 2.0, 2.0],
  f: [1.0, 1.0, 1.0, 1.5, 1.5],
  se: [0.01, 0.01, 0.01, 0.02, 0.02],
  as: [0.05, 0.05, 0.05, 0.1, 0.1],
  hg: [0.00005, 0.00005, 0.0001, 0.001, 0.001],
  cd: [0.001, 0.005, 0.005, 0.005, 0.01],
  cr6: [0.01, 0.05, 0.05, 0.05, 0.1],
  pb: [0.01, 0.01, 0.05, 0.05, 0.1],
  cn: [0.005, 0.05, 0.2, 0.2, 0.2],
  phenol: [0.002, 0.002, 0.005, 0.01, 0.1],
  oil: [0.05, 0.05, 0.05, 0.5, 1.0],
  las: [0.2, 0.2, 0.2, 0.3, 0.3],
  s2: [0.05, 0.1, 0.2, 0.5, 1.0],
} as const satisfies Record<string, readonly [number, number, number, number, number]>;

/** Evaluated items; pH has an interval instead of class limits. */
export type WaterItem = keyof typeof WATER_LIMITS | 'ph';
export const PH_INTERVAL = { low: 6, high: 9 } as const;

/**
 * Digits after the point to which a mean is rounded before it is judged (calculus.md §1: 评价浓度先修约再比标准), as the
 * national network does it: 《国家地表水环境质量监测数据修约处理规则(试行)》总站水字〔2018〕87号 and 环办监测函〔2020〕82号.
 * Taken from public implementations that cite them, not from their text: 待核.
 */
export const WATER_DIGITS: Readonly<Record<WaterItem, number>> = {
  ph: 0,
  do: 1,
  codmn: 1,
  cod: 1,
  bod5: 1,
  nh3n: 2,
  tp: 3,
  tp_lake: 3,
  cu: 3,
  zn: 3,
  f: 3,
  se: 4,
  as: 4,
  hg: 5,
  cd: 5,
  cr6: 3,
  pb: 3,
  cn: 3,
  phenol: 4,
  oil: 2,
  las: 2,
  s2: 3,
};

/** Cyanide and heavy metals: where one fails it comes before every other main pollutant (环办〔2011〕22号). */
export const FIRST_POLLUTANTS: readonly WaterItem[] = ['cn', 'pb', 'cr6', 'hg', 'cd', 'as', 'cu', 'zn'];

/** 1–5 is Ⅰ–Ⅴ, 6 劣Ⅴ. */
export type WaterClass = 1 | 2 | 3 | 4 | 5 | 6;

export const WATER_CLASS_ZH: Readonly<Record<WaterClass, string>> = {
  1: 'Ⅰ类',
  2: 'Ⅱ类',
  3: 'Ⅲ类',
  4: 'Ⅳ类',
  5: 'Ⅴ类',
  6: '劣Ⅴ类',
};

export const WATER_ITEM_ZH: Readonly<Record<WaterItem, string>> = {
  ph: 'pH',
  do: '溶解氧',
  codmn: '高锰酸盐指数',
  cod: '化学需氧量',
  bod5: '五日生化需氧量',
  nh3n: '氨氮',
  tp: '总磷',
  tp_lake: '总磷',
  cu: '铜',
  zn: '锌',
  f: '氟化物',
  se: '硒',
  as: '砷',
  hg: '汞',
  cd: '镉',
  cr6: '六价铬',
  pb: '铅',
  cn: '氰化物',
  phenol: '挥发酚',
  oil: '石油类',
  las: '阴离子表面活性剂',
  s2: '硫化物',
};

export const WATER_ITEMS: readonly WaterItem[] = [
  'ph',
  ...(Object.keys(WATER_LIMITS) as (keyof typeof WATER_LIMITS)[]),
];
