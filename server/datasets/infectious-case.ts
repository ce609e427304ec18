import { choice, date, datetime, integer, text } from './columns';
import type { DatasetEntry } from './entry';

/** One card of a notifiable disease in its latest correction, without whoever fell ill. */
export const infectiousCase: DatasetEntry = {
  contract: {
    name: 'infectious_case',
    title: '传染病报告卡(去标识)',
    version: 1,
    grain: '一张报告卡(最新订正)',
    columns: [
      text('card_id', '卡片编号', '来源唯一号', { nullable: false }),
      text('disease', '病种', '病种编码或名称', { nullable: false }),
      choice('class', '类别', '甲类、乙类、丙类、其他', ['A', 'B', 'C', 'other'], { nullable: false }),
      choice('case_kind', '病例分类', '疑似、临床诊断、确诊、病原携带', [
        '疑似',
        '临床诊断',
        '确诊',
        '病原携带',
      ]),
      date('onset_date', '发病日期', '发病日期;病原携带者可为空'),
      datetime('diagnose_ts', '诊断时间', '诊断时间'),
      datetime('report_ts', '报告时间', '网络直报时间', { nullable: false }),
      datetime('audit_ts', '终审时间', '终审时间'),
      text('age_group', '年龄组', '5 岁一档', { nullable: false }),
      choice('sex', '性别', '男、女', ['男', '女']),
      text('occupation', '职业', '职业大类', { nullable: false }),
      integer('live_region', '现住址县', '现住址所在县(市、区)', {
        nullable: false,
        min: 100000,
        max: 999999,
      }),
      choice('status', '卡片状态', '有效、已订正、已删除', ['valid', 'revised', 'deleted'], {
        nullable: false,
      }),
    ],
    key: ['card_id'],
    businessTime: 'report_ts',
    regionColumn: 'live_region',
    latenessDays: 30,
    rules: [
      {
        code: 'diagnosed_after_report',
        condition: 'diagnose_ts <= report_ts',
        severity: 'flag',
        message: '诊断晚于报告',
      },
    ],
    owner: '省疾病预防控制局',
    classification: 'sensitive',
    dims: ['disease', 'class', 'age_group'],
  },
  defaults: { age_group: '', occupation: '', status: 'valid' },
  mayBeFuture: [],
  placement: ['live_region', 'report_ts'],
  regionLevel: 'county',
};
