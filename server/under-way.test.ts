import { expect, it } from 'vitest';
import { createUnderWay } from './under-way';

it('who asks while work is under way shares its end, a failure too; afterwards it begins anew', async () => {
  const underWay = createUnderWay();
  let begun = 0;
  const settled: ((error?: Error) => void)[] = [];
  const work = () => {
    begun += 1;
    return new Promise<number>((resolve, reject) => {
      settled.push((error) => (error ? reject(error) : resolve(begun)));
    });
  };
  const [first, second] = [underWay.share('a', work), underWay.share('a', work)];
  expect([begun, underWay.has('a'), underWay.has('b')]).toEqual([1, true, false]);
  settled[0]?.(new Error('broken'));
  await expect(first).rejects.toThrow('broken');
  await expect(second).rejects.toThrow('broken');
  const third = underWay.share('a', work);
  settled[1]?.();
  expect([await third, underWay.has('a')]).toEqual([2, false]);
});
