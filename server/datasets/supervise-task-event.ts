import { choice, datetime, integer, region, text } from './columns';
import type { DatasetEntry } from './entry';

const DEADLINES = ['deadline1', 'deadline3', 'deadline7', 'deadline30', 'final_deadline'];

/** One step of one supervised item under the 13710 rule. */
export const superviseTaskEvent: DatasetEntry = {
  contract: {
    name: 'supervise_task_event',
    title: '13710 督办事项事件',
    version: 1,
    grain: '一个事项(主办单位)的一次节点事件',
    columns: [
      text('task_id', '事项编号', '事项×主办单位的唯一号', { nullable: false }),
      region('主办单位所在县(市、区)'),
      choice(
        'event',
        '事件',
        '交办、研究部署、反馈、提交方案、延期、办结、重开、撤销',
        ['assign', 'deploy', 'feedback', 'plan', 'extend', 'close', 'reopen', 'cancel'],
        { nullable: false },
      ),
      datetime('event_ts', '事件时间', '事件时间', { nullable: false }),
      text('task_type', '事项类型', '常务会议、专题会议、批示、重点工程、招商、改革', { nullable: false }),
      choice('complexity', '难易', 'general 一般、complex 重大复杂', ['general', 'complex'], {
        nullable: false,
      }),
      text('department', '主办单位', '主办单位', { nullable: false }),
      choice('assign_level', '交办层级', '省、市、县、乡', ['province', 'city', 'county', 'town'], {
        nullable: false,
      }),
      datetime('deadline1', '部署期限', '交办后第 1 天 24 时'),
      datetime('deadline3', '反馈期限', '交办后第 3 天 24 时'),
      datetime('deadline7', '一般事项办结期限', '交办后第 7 天 24 时'),
      datetime('deadline30', '重大复杂事项办结期限', '交办后一个月 24 时'),
      datetime('final_deadline', '最终期限', '含批准的延期;延期要在原期限之前获批才算'),
      text('operator_hash', '经办人', '证件号的密钥哈希(HMAC-SM3,64 位十六进制)', { pii: 'hashed' }),
      integer('content_level', '密级', '0 为非涉密;涉密事项不得入库', { nullable: false, min: 0, max: 9 }),
    ],
    key: ['task_id', 'event', 'event_ts'],
    businessTime: 'event_ts',
    regionColumn: 'region_code',
    latenessDays: 7,
    rules: [
      {
        code: 'classified',
        condition: 'content_level = 0',
        severity: 'reject',
        message: '涉密事项不得入库',
      },
      {
        code: 'no_deadline',
        condition: "event <> 'assign' or final_deadline is not null",
        severity: 'flag',
        message: '交办而没有最终期限',
      },
    ],
    owner: '省政府办公厅(督查室)',
    classification: 'internal',
    dims: ['department', 'task_type', 'complexity'],
  },
  defaults: {
    task_type: '',
    department: '',
    complexity: 'general',
    assign_level: 'county',
    content_level: '0',
  },
  mayBeFuture: DEADLINES,
  placement: [],
  regionLevel: 'county',
  // The longest node is a month (deadline30); what was given out on the last day before a month of 31 days is due by its end.
  settleDays: 31,
};
