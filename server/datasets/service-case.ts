import { choice, date, datetime, decimal, integer, park, region, text } from './columns';
import type { DatasetEntry } from './entry';

/** One government-service case (办件) in its latest state. */
export const serviceCase: DatasetEntry = {
  contract: {
    name: 'service_case',
    title: '政务服务办件',
    version: 2,
    grain: '一个办件(最新状态)',
    columns: [
      text('case_no', '办件编号', '统一办件编号', { nullable: false }),
      region('受理地县(市、区)'),
      park(),
      text('item_code', '事项', '实施清单编码', { nullable: false }),
      text('item_type', '事项类型', '许可、确认、给付、公共服务…', { nullable: false }),
      text('department', '办理部门', '办理部门', { nullable: false }),
      choice(
        'channel',
        '渠道',
        '大厅、网站、客户端、小程序、自助机',
        ['hall', 'web', 'app', 'mini', 'kiosk'],
        {
          nullable: false,
        },
      ),
      choice('subject_type', '申请人', 'person 自然人、legal 法人', ['person', 'legal'], { nullable: false }),
      choice(
        'stage',
        '环节',
        '申请、受理、审批、办结、不予受理、撤回',
        ['apply', 'accept', 'approve', 'finish', 'reject', 'withdraw'],
        { nullable: false },
      ),
      datetime('apply_ts', '申请时间', '申请时间'),
      datetime('accept_ts', '受理时间', '受理时间'),
      datetime('finish_ts', '办结时间', '办结时间'),
      date('promise_date', '承诺办结日', '承诺办结日(按工作日推)'),
      integer('promise_days', '承诺时限', '承诺时限', { nullable: false, unit: '工作日', min: 0, max: 1000 }),
      integer('legal_days', '法定时限', '法定时限', { nullable: false, unit: '工作日', min: 0, max: 1000 }),
      decimal('pause_days', '暂停时长', '补正、勘验、听证等暂停', {
        nullable: false,
        unit: '工作日',
        scale: 1,
        min: 0,
        max: 1000,
      }),
      integer('online_depth', '网办深度', 'Ⅰ–Ⅳ 级', { nullable: false, min: 0, max: 4 }),
      text('applicant_hash', '申请人标识', '证件号的密钥哈希(HMAC-SM3,64 位十六进制)', { pii: 'hashed' }),
    ],
    key: ['case_no'],
    businessTime: 'accept_ts',
    regionColumn: 'region_code',
    latenessDays: 30,
    rules: [
      {
        code: 'no_time',
        condition: 'apply_ts is not null or accept_ts is not null',
        severity: 'reject',
        message: '申请时间和受理时间至少要有一个',
      },
      {
        code: 'accept_before_apply',
        condition: 'accept_ts >= apply_ts',
        severity: 'flag',
        message: '受理早于申请',
      },
      {
        code: 'finish_before_accept',
        condition: 'finish_ts >= accept_ts',
        severity: 'reject',
        message: '办结时间早于受理时间',
      },
      {
        code: 'finish_without_accept',
        condition: 'finish_ts is null or accept_ts is not null',
        severity: 'flag',
        message: '未受理即办结',
      },
    ],
    owner: '省行政审批服务管理局',
    classification: 'sensitive',
    dims: ['channel', 'department', 'item_type', 'subject_type'],
  },
  defaults: {
    item_type: '',
    subject_type: 'person',
    promise_days: '0',
    legal_days: '0',
    pause_days: '0',
    online_depth: '0',
  },
  mayBeFuture: ['promise_date'],
  placement: ['region_code', 'department', 'accept_ts'],
  regionLevel: 'county',
  // 20 working days (行政许可法 第四十二条) are over in 28 days, in 36 with the longest holidays between.
  settleDays: 36,
};
