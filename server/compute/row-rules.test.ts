import { expect, it } from 'vitest';
import { findDataset } from '@/server/datasets/registry';
import { NUMBERED_DATASETS } from './row-rules';

it('a number of rules stands beside a dataset that there is: a mistyped name would recompute nothing', () => {
  expect(NUMBERED_DATASETS.length).toBeGreaterThan(0);
  for (const name of NUMBERED_DATASETS) expect([name, findDataset(name) !== undefined]).toEqual([name, true]);
});
