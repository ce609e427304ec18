import { choice, date, decimal, park, region, text } from './columns';
import type { DatasetEntry } from './entry';
import { hasUsccCheckDigit } from './uscc';

/** One change of a market entity's registration. */
export const marketEntityEvent: DatasetEntry = {
  contract: {
    name: 'market_entity_event',
    title: '经营主体登记事件',
    version: 2,
    grain: '一户一次登记状态变化',
    columns: [
      text('uscc', '统一社会信用代码', '18 位,GB 32100-2015', { nullable: false }),
      region('登记住所所在县(市、区)'),
      park(),
      choice(
        'event',
        '事件',
        '设立、变更、注销、吊销、列入异常、移出异常、迁入、迁出',
        ['establish', 'change', 'cancel', 'revoke', 'abnormal_in', 'abnormal_out', 'move_in', 'move_out'],
        { nullable: false },
      ),
      date('event_date', '核准日', '核准日', { nullable: false }),
      text('entity_type', '主体类型', '企业、个体、合作社及细类', { nullable: false }),
      text('industry', '行业', 'GB/T 4754-2017 代码', { nullable: false }),
      decimal('reg_capital', '注册资本', '注册资本', {
        unit: '万元',
        scale: 2,
        min: 0,
        max: 1e11,
        sentinels: [-1, -99, -999, -9999],
      }),
      text('reg_org', '登记机关', '登记机关', { nullable: false }),
      text('legal_person_hash', '负责人标识', '证件号的密钥哈希(HMAC-SM3,64 位十六进制)', { pii: 'hashed' }),
    ],
    key: ['uscc', 'event', 'event_date'],
    businessTime: 'event_date',
    regionColumn: 'region_code',
    latenessDays: 30,
    rules: [],
    owner: '省市场监督管理局',
    classification: 'internal',
    dims: ['event', 'entity_type', 'industry'],
  },
  defaults: { industry: '', reg_org: '' },
  mayBeFuture: [],
  placement: ['region_code'],
  regionLevel: 'county',
  checkRow: (cell) => {
    const uscc = cell('uscc') ?? '';
    if (/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(uscc)) return null;
    const hint = /[IOSVZ]/i.test(uscc) ? ';代码中没有字母 I、O、S、V、Z,是否把 0 写成 O、1 写成 I' : '';
    return { column: 'uscc', code: 'bad_uscc', reason: `“${uscc}”不是 18 位统一社会信用代码(大写)${hint}` };
  },
  // The code itself may have been registered wrongly; it still names one entity, so the row counts, with a mark.
  flagsOf: (cell) => (hasUsccCheckDigit(cell('uscc') ?? '') ? [] : ['uscc_check']),
};
