import { choice, datetime, flag, integer, park, region, text } from './columns';
import type { DatasetEntry } from './entry';

/** One citizen's request to 12345 in its latest state, transfer, closing and call-back included. */
export const hotlineTicket: DatasetEntry = {
  contract: {
    name: 'hotline_ticket',
    title: '12345 热线工单',
    version: 2,
    grain: '一个诉求(含转派、办结、回访的最新状态)',
    columns: [
      text('ticket_id', '工单号', '来源唯一号', { nullable: false }),
      region('诉求所在县(市、区)'),
      park(),
      datetime('create_ts', '受理时间', '受理时间', { nullable: false }),
      choice(
        'channel',
        '渠道',
        '电话、微信、网站、客户端、信件、110 转办',
        ['phone', 'wechat', 'web', 'app', 'letter', '110_transfer'],
        { nullable: false },
      ),
      choice('request_type', '诉求类型', '诉求类型', ['咨询', '求助', '投诉', '举报', '建议', '表扬'], {
        nullable: false,
      }),
      text('topic', '主题', '三级分类码或分类名(供热、噪声、物业、社保…)', { nullable: false }),
      choice('subject_type', '诉求人', 'person 个人、enterprise 企业', ['person', 'enterprise'], {
        nullable: false,
      }),
      flag('valid', '有效诉求', '有效诉求', { nullable: false }),
      flag('dispatched', '转派', '是否转派承办单位', { nullable: false }),
      text('department', '主办单位', '主办单位', { nullable: false }),
      choice(
        'urgency',
        '紧急程度',
        'normal 一般、urgent 紧急、emergency 特急',
        ['normal', 'urgent', 'emergency'],
        {
          nullable: false,
        },
      ),
      datetime('assign_ts', '转派时间', '转派时间'),
      datetime('due_ts', '应办结时间', '应办结时间'),
      datetime('finish_ts', '办结时间', '办结时间'),
      flag('revisit_valid', '有效回访', '回访接通且有效', { nullable: false }),
      flag('revisit_solved', '已解决', '回访确认已解决', { nullable: false }),
      integer('revisit_sat', '满意度', '1–5 分;未评价为空', { min: 1, max: 5, sentinels: [0, -1, 99] }),
      text('repeat_of', '重复诉求', '指向首个工单号'),
      text('grid_id', '网格', '网格编码', { nullable: false }),
      text('caller_hash', '来电人', '号码的密钥哈希(HMAC-SM3,64 位十六进制)', { pii: 'hashed' }),
      text('text_masked', '诉求摘要', '脱敏后的诉求摘要', { nullable: false, pii: 'masked' }),
    ],
    key: ['ticket_id'],
    businessTime: 'create_ts',
    regionColumn: 'region_code',
    latenessDays: 30,
    rules: [
      {
        code: 'finish_before_create',
        condition: 'finish_ts >= create_ts',
        severity: 'reject',
        message: '办结时间早于受理时间',
      },
      {
        code: 'assign_before_create',
        condition: 'assign_ts >= create_ts',
        severity: 'flag',
        message: '转派时间早于受理时间',
      },
      {
        code: 'due_missing',
        condition: 'not dispatched or due_ts is not null',
        severity: 'flag',
        message: '已转派而没有应办结时间',
      },
    ],
    owner: '省 12345 热线管理机构',
    classification: 'sensitive',
    dims: ['channel', 'request_type', 'topic', 'subject_type', 'department', 'urgency'],
  },
  defaults: {
    subject_type: 'person',
    valid: '1',
    dispatched: '0',
    department: '',
    urgency: 'normal',
    revisit_valid: '0',
    revisit_solved: '0',
    grid_id: '',
    text_masked: '',
  },
  mayBeFuture: ['due_ts'],
  placement: ['region_code', 'create_ts'],
  regionLevel: 'county',
  // A ticket is closed and called back within a month: after `latenessDays` its source changes it no more.
  settleDays: 31,
};
