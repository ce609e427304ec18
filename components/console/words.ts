import { DATA_STATE_ZH, type DataState } from '@/metrics/model/data-state';
import type { Tone } from './Mark';

/** Words of the console for the codes of the API. */

type Words = Readonly<Record<string, string>>;

export function word(words: Words, code: string): string {
  return Object.hasOwn(words, code) ? (words[code] ?? code) : code;
}

export const ORIGIN_WORDS: Words = { command: '命令', upload: '上传', push: '推送', seed: '随附' };

export const CLASSIFICATION_WORDS: Words = {
  public: '公开',
  internal: '内部',
  sensitive: '敏感',
  important: '重要',
};

export const COLUMN_TYPE_WORDS: Words = {
  string: '文本',
  enum: '枚举',
  integer: '整数',
  decimal: '小数',
  date: '日期',
  datetime: '时间',
  boolean: '是否',
};

export const PII_WORDS: Words = { hashed: '已哈希', masked: '已脱敏' };

export const ROLE_WORDS: Words = {
  leader: '领导',
  analyst: '分析员',
  operator: '运维员',
  admin: '管理员',
  auditor: '审计员',
};

interface State {
  tone: Tone;
  word: string;
}

const UNKNOWN: Tone = 'plain';

export function stateOf(states: Readonly<Record<string, State>>, code: string): State {
  return (Object.hasOwn(states, code) ? states[code] : undefined) ?? { tone: UNKNOWN, word: code };
}

export const LOAD_STATES: Readonly<Record<string, State>> = {
  received: { tone: 'plain', word: '已接收' },
  staged: { tone: 'plain', word: '已校验' },
  committed: { tone: 'good', word: '已入库' },
  failed: { tone: 'bad', word: '失败' },
};

export const RUN_STATES: Readonly<Record<string, State>> = {
  running: { tone: 'plain', word: '运行中' },
  success: { tone: 'good', word: '成功' },
  failed: { tone: 'bad', word: '失败' },
  skipped: { tone: 'plain', word: '跳过' },
  interrupted: { tone: 'warn', word: '中断' },
};

export const DEFINITION_STATES: Readonly<Record<DataState, State>> = {
  present: { tone: 'good', word: DATA_STATE_ZH.present },
  awaiting: { tone: 'warn', word: DATA_STATE_ZH.awaiting },
  not_computable: { tone: 'plain', word: DATA_STATE_ZH.not_computable },
};

export const VERSION_STATES: Readonly<Record<string, State>> = {
  published: { tone: 'good', word: '已发布' },
  offered: { tone: 'warn', word: '未采用' },
};

export const RELEASE_STATES: Readonly<Record<string, State>> = {
  pending: { tone: 'plain', word: '待发布' },
  arrived: { tone: 'good', word: '已到' },
  late: { tone: 'warn', word: '迟' },
  overdue: { tone: 'bad', word: '逾期未报' },
};

export const AUDIT_OUTCOMES: Readonly<Record<string, State>> = {
  success: { tone: 'good', word: '成功' },
  failure: { tone: 'bad', word: '失败' },
  refused: { tone: 'warn', word: '拒绝' },
};
