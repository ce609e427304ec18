import { describe, expect, it } from 'vitest';
import { readShippedCatalogue } from '@/server/catalogue/read';
import { dimensionTitle } from '@/server/services/desk/words';

describe('dimensions of the shipped catalogue', () => {
  it('all have a Chinese title: no code stands on a screen', () => {
    const bare = readShippedCatalogue().flatMap((definition) =>
      definition.slices.filter((dim) => !/\p{Script=Han}/u.test(dimensionTitle(dim, definition))),
    );
    expect([...new Set(bare)]).toEqual([]);
  });
});
