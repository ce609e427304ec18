import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateDefinition } from '@/metrics/validate/validate';
import { answerOf, computeGolden, readGoldenCases } from '@/tests/support/golden';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

const cases = readGoldenCases();

describe('worked examples of the metric language', () => {
  it.each(cases.map((golden) => [golden.name, golden.guarantee, golden] as const))(
    '%s: %s',
    async (_name, _guarantee, golden) => {
      const { registry } = runtime.stores;
      const beside = golden.beside.map((code) => registry.get(code).definition);
      const findings = validateDefinition(golden.metric, beside, [golden.entry.contract]);
      expect(findings.map(({ code }) => code)).toEqual(golden.invalid);
      expect(await computeGolden(runtime, golden)).toEqual(golden.refused);
      const expected = Object.entries(golden.expect).map(([place, value]) => [place, String(value)]);
      expect(await answerOf(runtime, golden)).toEqual(Object.fromEntries(expected));
    },
  );
});
