import { expect, it } from 'vitest';
import { coveredZh } from './covered-gap';

it('says that years stand for months only where every one of them came', () => {
  const gap = { lastLabel: '2020年1-8月', periods: 52, by: 'A', untilLabel: '2024年' } as const;
  const all = ['2020年', '2021年', '2022年', '2023年', '2024年'];
  expect(coveredZh('M', { ...gap, found: all, lacking: [] })).toBe(
    '月度止于2020年1-8月,其后 52 期只有年度数(已到2024年)',
  );
  const some = { found: ['2022年', '2024年'], lacking: ['2020年', '2021年', '2023年'] };
  expect(coveredZh('M', { ...gap, ...some })).toBe(
    '月度止于2020年1-8月,其后 52 期未到;其间年度数有2022年、2024年,缺2020年、2021年、2023年',
  );
});

it('counts what would be too long to name', () => {
  const gap = { lastLabel: '2015年上半年', periods: 38, by: 'A', untilLabel: '2024年' } as const;
  const lacking = [2015, 2016, 2017, 2018, 2019, 2020, 2021].map((year) => `${year}年`);
  expect(coveredZh('Q', { ...gap, found: ['2024年'], lacking })).toContain(
    '缺2015年、2016年、2017年、2018年、2019年、2020年等 7 期',
  );
});
