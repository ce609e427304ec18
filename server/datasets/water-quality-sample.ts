import type { DatasetColumn } from '@/metrics/model/dataset';
import { choice, datetime, decimal, NUMBER_SENTINELS, region, text } from './columns';
import type { DatasetEntry } from './entry';

/** Items of GB 3838-2002 by column: title, digits after the point, highest value that is no slip of the unit. */
const ITEMS: readonly (readonly [name: string, title: string, scale: number, max: number])[] = [
  ['do', '溶解氧', 4, 40],
  ['codmn', '高锰酸盐指数', 4, 10_000],
  ['cod', '化学需氧量', 4, 10_000],
  ['bod5', '五日生化需氧量', 4, 10_000],
  ['nh3n', '氨氮', 4, 10_000],
  ['tp', '总磷', 4, 1000],
  ['tn', '总氮', 4, 1000],
  ['cu', '铜', 6, 1000],
  ['zn', '锌', 6, 1000],
  ['f', '氟化物', 6, 1000],
  ['se', '硒', 6, 100],
  ['as_', '砷', 6, 100],
  ['hg', '汞', 6, 1],
  ['cd', '镉', 6, 100],
  ['cr6', '六价铬', 6, 100],
  ['pb', '铅', 6, 100],
  ['cn', '氰化物', 6, 100],
  ['phenol', '挥发酚', 6, 100],
  ['oil', '石油类', 6, 1000],
  ['las', '阴离子表面活性剂', 6, 1000],
  ['s2', '硫化物', 6, 1000],
];
const BELOW_LIMIT = 'is_below_dl';

const itemColumns: DatasetColumn[] = ITEMS.map(([name, title, scale, max]) =>
  decimal(name, title, `${title};低于检出限时填检出限,并列入 ${BELOW_LIMIT}`, {
    unit: 'mg/L',
    scale,
    min: 0,
    max,
    sentinels: NUMBER_SENTINELS,
  }),
);

/** One measurement of surface water at a section, by an automatic station or by hand. */
export const waterQualitySample: DatasetEntry = {
  contract: {
    name: 'water_quality_sample',
    title: '地表水监测值',
    version: 1,
    grain: '一个断面一次(自动 4 小时或人工月测)的水质参数',
    columns: [
      text('section_id', '断面', '断面编码', { nullable: false }),
      choice(
        'section_kind',
        '断面类别',
        'national 国考、province 省控、city 市控',
        ['national', 'province', 'city'],
        { nullable: false },
      ),
      choice('water_body', '水体', 'river 河流、lake 湖库(总磷限值不同)', ['river', 'lake'], {
        nullable: false,
      }),
      text('basin', '流域', '黄河、海河、汾河…', { nullable: false }),
      region('断面所在县(市、区)'),
      datetime('sample_ts', '监测时间', '采样或自动监测时刻', { nullable: false }),
      choice('method', '方式', 'auto 自动、manual 人工', ['auto', 'manual'], { nullable: false }),
      decimal('ph', 'pH', '无量纲', { scale: 2, min: 0, max: 14, sentinels: NUMBER_SENTINELS }),
      ...itemColumns,
      decimal('wtemp', '水温', '水温', { unit: '℃', scale: 1, min: 0, max: 60, sentinels: NUMBER_SENTINELS }),
      text(BELOW_LIMIT, '低于检出限的项目', '项目的列名,以分号分隔;参加平均时按检出限的一半', {
        nullable: false,
      }),
      choice(
        'water_status',
        '水情',
        'normal 正常、dry 断流、ice 冰封、nosample 未采样;断流、冰封不参评',
        ['normal', 'dry', 'ice', 'nosample'],
        { nullable: false },
      ),
    ],
    key: ['section_id', 'sample_ts', 'method'],
    businessTime: 'sample_ts',
    regionColumn: 'region_code',
    latenessDays: 45,
    rules: [
      { code: 'do_high', condition: 'do <= 20', severity: 'flag', message: '溶解氧超过 20 mg/L,请核对' },
    ],
    owner: '省生态环境厅',
    classification: 'public',
    dims: ['basin'],
  },
  defaults: { water_body: 'river', basin: '', method: 'auto', is_below_dl: '', water_status: 'normal' },
  mayBeFuture: [],
  placement: [],
  regionLevel: 'county',
  checkRow: (cell) => {
    const unknown = (cell(BELOW_LIMIT) ?? '')
      .split(';')
      .find((name) => name !== '' && !ITEMS.some(([item]) => item === name));
    if (unknown === undefined) return null;
    return { column: BELOW_LIMIT, code: 'unknown_item', reason: `“${unknown}”不是监测项目的列名` };
  },
};
