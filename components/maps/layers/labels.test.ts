import { expect, it } from 'vitest';
import { placeLabels } from '@/components/maps/layers/labels';

it('never lets labels cover each other, and keeps the weightier one', () => {
  const box = (key: number, x: number, weight: number) => ({ key, x, y: 0, width: 20, height: 10, weight });
  expect([...placeLabels([box(1, 0, 1), box(2, 15, 9), box(3, 40, 1)], 0)]).toEqual([2, 3]);
});
