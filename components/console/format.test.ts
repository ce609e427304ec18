import { describe, expect, it } from 'vitest';
import { actorZh } from '@/components/ui/actor';
import { countZh, cronZh, csvLine, durationZh, whenZh } from './format';

describe('figures of the console', () => {
  it('shows missing as a dash and zero as zero', () => {
    expect([countZh(null), countZh(0), countZh(1234567)]).toEqual(['—', '0', '1,234,567']);
    expect(whenZh(null)).toBe('—');
  });

  it('says instants in the province time zone', () => {
    expect(whenZh(new Date('2026-11-23T16:05:00Z'))).toBe('2026-11-24 00:05');
  });

  it('says durations by their size', () => {
    expect([400, 12_000, 200_000, 7_260_000].map(durationZh)).toEqual([
      '0.4 秒',
      '12 秒',
      '3 分 20 秒',
      '2 小时 1 分',
    ]);
  });

  it('says schedules in words, and one it has no words for as it is', () => {
    expect(['* * * * *', '5 * * * *', '20 2 * * *', '0 6 * * 1', '*/5 * * * *'].map(cronZh)).toEqual([
      '每分钟',
      '每小时 05 分',
      '每天 02:20',
      '0 6 * * 1',
      '*/5 * * * *',
    ]);
  });

  it('says in Chinese what the system calls itself, and leaves names alone', () => {
    expect(['command line (root)', 'command line', 'first start', '张三'].map(actorZh)).toEqual([
      '命令行(root)',
      '命令行',
      '首次启动',
      '张三',
    ]);
  });

  it('quotes what would break a line, and changes nothing else', () => {
    expect(csvLine(['a', '-999', 'x,"y"\n'])).toBe('a,-999,"x,""y""\n"');
  });
});
