import type { DatasetContract } from '@/metrics/model/dataset';

/** Why a row is refused, in a few words, for counts; the row itself carries the whole sentence. */
const REJECT_TITLES = {
  bad_basis: '口径写法不对',
  bad_json: '不是 JSON',
  bad_period: '报告期写法不对',
  bad_region: '区划不对',
  bad_slice: '分组写法不对',
  bad_time: '时间写法不对',
  bad_uscc: '统一社会信用代码不对',
  basis_foreign: '指标不用这种口径',
  basis_impossible: '没有这种口径的数',
  basis_mismatch: '口径与报告期不符',
  basis_unsaid: '未写口径而不止一种可能',
  chinese_number: '写成了中文数字',
  column_count: '列数与表头不符',
  decimal_comma: '小数点写成了逗号',
  freq_mismatch: '频率与报告期不符',
  future_time: '晚于现在',
  lost_digits: '数字被表格软件截断',
  nested: '值是对象或数组',
  not_a_number: '不是数字',
  not_boolean: '不是“是”或“否”',
  not_county: '不是县级区划',
  not_hashed: '不是哈希值',
  not_in_list: '不在取值表中',
  not_integer: '不是整数',
  nul: '含空字符',
  out_of_range: '超出范围',
  out_of_scope: '不在报送者的数据范围内',
  part_above_whole: '分子大于分母',
  period_after_publication: '报告期晚于发布日',
  period_unfinished: '公布时报告期未结束',
  personal_data: '含未脱敏的个人信息',
  placeholder_time: '占位日期',
  ratio_mismatch: '数值与分子、分母不符',
  required: '必填而为空',
  sentinel: '必填而为占位值',
  source_like_own: '出处与系统内部的名称同形',
  target_not_annual: '目标的报告期不是年份',
  time_missing: '只有日期,缺少时间',
  too_long: '文字太长',
  unit_in_value: '数值里写了单位',
  unit_mismatch: '单位与指标不符',
  unknown_column: '契约中没有的列',
  unknown_item: '没有这个监测项目',
  unknown_metric: '指标库中没有',
  unmapped_value: '映射中没有的取值',
} as const;

export type RejectCode = keyof typeof REJECT_TITLES;

/** Title of a reason: ours, or the message of a rule of the contract; undefined for one that neither knows any more. */
export function rejectTitle(contract: DatasetContract | undefined, code: string): string | undefined {
  if (Object.hasOwn(REJECT_TITLES, code)) return REJECT_TITLES[code as RejectCode];
  return contract?.rules.find((rule) => rule.code === code)?.message;
}
