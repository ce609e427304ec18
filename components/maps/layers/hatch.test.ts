import { describe, expect, it } from 'vitest';
import { hatchLines } from '@/components/maps/layers/hatch';

const square = (from: number, to: number) => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
  [from, from],
];

describe('hatching', () => {
  it('draws diagonals that end on the border of the polygon', () => {
    // x + y = 1, 2, 3 in a square of side 2; the first and the last touch two sides, the middle one is the diagonal.
    expect(hatchLines([square(0, 2)], 1)).toEqual([
      [
        [0, 1],
        [1, 0],
      ],
      [
        [0, 2],
        [2, 0],
      ],
      [
        [1, 2],
        [2, 1],
      ],
    ]);
  });

  it('leaves holes free: an enclave with data is not hatched', () => {
    const lines = hatchLines([square(0, 4), square(1, 3)], 4);
    expect(lines).toEqual([
      [
        [0, 4],
        [1, 3],
      ],
      [
        [3, 1],
        [4, 0],
      ],
    ]);
  });
});
