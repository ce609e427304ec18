import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { definitionsFromYaml } from '@/metrics/model/definition-yaml';
import { expectedRelease } from './release';
import { lagRuleOf } from './release-rule';
import { instantOf } from './zone';

const folder = fileURLToPath(new URL('../catalogue/', import.meta.url));
const definitions = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => definitionsFromYaml(readFileSync(`${folder}${name}`, 'utf8')).definitions);

describe('release rules of the shipped catalogue', () => {
  it('promise the same window as the words they stand for', () => {
    expect(definitions.length).toBeGreaterThan(200);
    const start = instantOf(2024);
    for (const { code, freq, release } of definitions) {
      const byWords = expectedRelease(release.lag, freq, start);
      expect(byWords, `${code}: ${release.lag}`).not.toBeNull();
      const byRules = expectedRelease(release.rules.map(lagRuleOf), freq, start);
      expect(byRules, `${code}: ${release.lag}`).toEqual(byWords);
    }
  });

  it('reads an hour of the day and a day of the next year', () => {
    const day = lagRuleOf({ type: 'after_period', period: 'day', days: [1, 1], hour: 0 });
    expect(expectedRelease([day], 'D', instantOf(2024, 3, 5))?.dueMs).toBe(instantOf(2024, 3, 6));
    const year = lagRuleOf({ type: 'after_period', period: 'year', months: [2, 3], days: [1, 15] });
    expect(expectedRelease([year], 'A', instantOf(2024))).toEqual({
      fromMs: instantOf(2025, 2, 1),
      dueMs: instantOf(2025, 3, 16),
    });
  });
});
