import { type Choices, choices } from './random';

/** What people call about: topic, department in charge and a made-up summary. The words are ours, no real ticket. */
export interface Topic {
  name: string;
  department: string;
  summary: string;
  weight: number;
  /** Named patterns that raise this topic on some days. */
  rises?: 'heating' | 'rain' | 'school' | 'wages' | 'holiday';
}

export const TOPICS: readonly Topic[] = [
  { name: '供热', department: '住建局', summary: '反映室温不达标', weight: 3, rises: 'heating' },
  { name: '噪声', department: '生态环境局', summary: '反映夜间施工噪声', weight: 9 },
  { name: '物业', department: '住建局', summary: '反映小区物业服务', weight: 14 },
  { name: '社保', department: '人社局', summary: '咨询参保缴费', weight: 11 },
  { name: '医保', department: '医保局', summary: '咨询异地就医备案', weight: 9 },
  { name: '教育', department: '教育局', summary: '咨询入学政策', weight: 6, rises: 'school' },
  { name: '欠薪', department: '人社局', summary: '反映拖欠劳动报酬', weight: 5, rises: 'wages' },
  { name: '供水', department: '住建局', summary: '反映停水或水压不足', weight: 5 },
  { name: '供电', department: '供电公司', summary: '反映停电', weight: 5, rises: 'rain' },
  { name: '积水', department: '城市管理局', summary: '反映道路积水', weight: 1, rises: 'rain' },
  { name: '交通拥堵', department: '公安局', summary: '反映道路拥堵', weight: 7, rises: 'holiday' },
  { name: '市容环境', department: '城市管理局', summary: '反映垃圾清运', weight: 8 },
  { name: '消费纠纷', department: '市场监管局', summary: '反映商家不予退款', weight: 9 },
  { name: '户籍', department: '公安局', summary: '咨询户口迁移', weight: 5 },
  { name: '公积金', department: '住房公积金中心', summary: '咨询提取条件', weight: 6 },
];

export const CHANNELS = choices([
  ['phone', 72],
  ['wechat', 12],
  ['app', 8],
  ['web', 4],
  ['110_transfer', 3],
  ['letter', 1],
] as const);

export const REQUEST_TYPES = choices([
  ['咨询', 46],
  ['求助', 24],
  ['投诉', 19],
  ['举报', 5],
  ['建议', 4],
  ['表扬', 2],
] as const);

/** How much each pattern raises its topics on a day. */
export type Rises = Readonly<Record<NonNullable<Topic['rises']>, number>>;

/** Topics with the day's weights, and what all of them together are to an ordinary day. */
export function topicsOf(rises: Rises): { topics: Choices<Topic>; volume: number } {
  const weighted = TOPICS.map(
    (topic) => [topic, topic.weight * (topic.rises ? rises[topic.rises] : 1)] as const,
  );
  const topics = choices(weighted);
  return { topics, volume: topics.total / TOPICS.reduce((sum, topic) => sum + topic.weight, 0) };
}
