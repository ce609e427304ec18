import { afterAll, beforeAll, expect, it } from 'vitest';
import { instantOf } from '@/metrics/time/zone';
import { readCalculus } from '@/server/services/calculus/read';
import { readMetricPage } from '@/server/services/desk/page';
import { readScreen } from '@/server/services/screens/snapshot';
import { actorOf } from '@/tests/support/actors';
import { publisher } from '@/tests/support/publish';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

/** A harvest is announced in December and pupils in November: such a year is compared at once, and is no 至今. */
let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
  runtime.clock.set(instantOf(2026, 12, 15, 12));
  const publish = publisher(runtime);
  const grain = (period: string, value: string) => ({ metric: 'grain_output', period, value });
  const pupils = (period: string, value: string) => ({ metric: 'students', basis: 'point', period, value });
  await publish('2025-12-12', [grain('2025-01-01', '1500')]);
  await publish('2025-11-20', [pupils('2025-01-01', '600')]);
  await publish('2026-12-12', [grain('2026-01-01', '1530')]);
  await publish('2026-11-20', [pupils('2026-01-01', '588')]);
});
afterAll(() => runtime.close());

const analyst = () => runtime.context(actorOf('analyst'));

it('a year published within it has its 同比 on the wall, the page and by REST', async () => {
  // 1530 / 1500 − 1 = 2.0 %
  const screen = await readScreen(analyst(), { screen: 'province' });
  const cards = screen.panels.flatMap(({ result }) =>
    result.ok && 'indicators' in result.data ? result.data.indicators : [],
  );
  const grain = cards.find(({ figure }) => figure.metric === 'grain_output');
  expect(grain?.figure.periodLabel).toBe('2026年');
  expect(grain?.changes.map(({ label, text }) => [label, text])).toEqual([['同比', '+2.0%']]);
  // 588 / 600 − 1 = −2.0 %
  const page = await readMetricPage(analyst(), { code: 'students' });
  expect([page.figure.periodLabel, page.figure.text]).toEqual(['2026学年初', '588.00']);
  expect(page.trend?.points.map(({ label, running, yoy }) => [label, running, yoy.text])).toEqual([
    ['2025学年初', false, '—'],
    ['2026学年初', false, '−2.0%'],
  ]);
  const { periodLabel, workings } = await readCalculus(analyst(), { code: 'students' });
  expect([periodLabel, workings.find(({ key }) => key === 'yoy')?.text]).toEqual(['2026学年初', '−2.0%']);
});
