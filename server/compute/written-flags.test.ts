import { describe, expect, it } from 'vitest';
import { flagZh } from '@/metrics/calculus/flag-words';
import { compileDataset } from '@/metrics/compile/compile';
import { compileInput } from '@/metrics/testing/compile-input';
import { readShippedCatalogue } from '@/server/catalogue/read';
import { AIR_RULES } from '@/server/compute/air-rules';
import { allContracts } from '@/server/datasets/registry';

/** The list of conditional flags that a statement ends with, and the names in it. */
const WRITTEN = /arrayFilter\(f -> f != '', \[([\s\S]*?)\]\) AS flags/g;
const NAME = /'([a-z_]+)', ''\)/g;

describe('flags that computed cells carry', () => {
  it('all have Chinese words, whatever statement of the catalogue writes them', () => {
    const definitions = readShippedCatalogue().map((definition) => ({ definition, version: 1 }));
    const window = {
      fromMs: Date.parse('2026-03-10T00:00:00+08:00'),
      toMs: Date.parse('2026-03-11T00:00:00+08:00'),
    };
    const texts = allContracts().flatMap((contract) => {
      const freqs = ['N', 'H', 'D', 'M', 'Q', 'A'] as const;
      const input = compileInput({
        contract,
        definitions,
        freqs,
        window,
        stockWindow: window,
        air: AIR_RULES,
      });
      return compileDataset(input)
        .layers.flat()
        .map(({ select }) => select.sql);
    });
    const lists = texts.flatMap((text) => [...text.matchAll(WRITTEN)].map(([, list = '']) => list));
    const names = new Set(lists.flatMap((list) => [...list.matchAll(NAME)].map(([, name = '']) => name)));
    expect([...names]).toEqual(expect.arrayContaining(['demo', 'partial', 'running', 'insufficient']));
    for (const name of names) expect(flagZh(name), name).toMatch(/\p{Script=Han}/u);
  });
});
