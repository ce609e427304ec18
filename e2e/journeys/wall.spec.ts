import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { healthy, launch, stop } from '../cockpit';
import { journey, push, signIn, ticket } from '../support/journey';

test.describe.configure({ mode: 'serial' });

test('a row pushed in appears on an open wall without reload', async ({ page }) => {
  await signIn(page, 'leader');
  const events = page.locator('[data-panel="events"]');
  await expect(events).toBeVisible();
  const before = await events.textContent();
  const marked = await page.evaluate(() => {
    (window as unknown as { kept: boolean }).kept = true;
    return true;
  });
  expect(marked).toBe(true);
  const now = Date.now();
  expect((await push('hotline_ticket', [ticket(`WALL-${now}`, now - 60_000)], `wall-${now}`)).accepted).toBe(
    1,
  );
  await expect.poll(() => events.textContent(), { intervals: [50] }).not.toBe(before);
  expect(await page.evaluate(() => (window as unknown as { kept?: boolean }).kept)).toBe(true);
});

test('a wall enters by its link without a keyboard, and is shut out when the link is revoked', async ({
  browser,
}) => {
  const { origin } = journey();
  const admin = await (await browser.newContext()).newPage();
  await signIn(admin, 'admin', '/console/tokens');
  const made = await admin.evaluate(async () => {
    const response = await fetch('/api/trpc/devices.create?batch=1', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ 0: { json: { name: '会议室', regions: [140000] } } }),
    });
    return { status: response.status, body: await response.text() };
  });
  expect(made.status, made.body).toBe(200);
  const path = /\/device\/[A-Za-z0-9_-]+/.exec(made.body)?.[0] ?? '';
  const id = /"id":"([^"]+)"/.exec(made.body)?.[1] ?? '';
  const wall = await (await browser.newContext()).newPage();
  await wall.goto(`${origin}${path}`);
  await expect(wall.locator('[data-panel="indicators"]')).toBeVisible();
  // Nobody stands there: no account, and no way to where a person would be asked for.
  await expect(wall.getByRole('button', { name: /账号/ })).toHaveCount(0);
  await expect(wall.getByRole('navigation', { name: '其他界面' })).toHaveCount(0);
  await admin.evaluate(async (device) => {
    await fetch('/api/trpc/devices.revoke?batch=1', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ 0: { json: { id: device } } }),
    });
  }, id);
  // The wall may be on its way out by itself, which a visit of ours would cut off.
  await expect(async () => {
    await wall.goto(origin);
    expect(wall.url()).toMatch(/sign-in/);
  }).toPass();
});

test('when the server goes, the wall keeps its picture, says how old it is, and recovers by itself', async ({
  page,
}) => {
  const { dataDir } = journey();
  await signIn(page, 'leader');
  const indicators = page.locator('[data-panel="indicators"]');
  await expect(indicators).toContainText('25,494.69');
  const seconds = await stop(dataDir);
  // SIGTERM closes streams, jobs and stores within 5 s with walls connected.
  expect(seconds).toBeLessThan(5);
  await expect(page.getByRole('alert').filter({ hasText: '连接中断' })).toBeVisible({ timeout: 40_000 });
  await expect(indicators).toContainText('25,494.69');
  launch(dataDir);
  await healthy();
  await expect(page.getByRole('alert').filter({ hasText: '连接中断' })).toBeHidden({ timeout: 60_000 });
  await expect(indicators).toContainText('25,494.69');
});

test('a second process on the same data directory ends with one clear line', () => {
  const { dataDir } = journey();
  let output = '';
  try {
    execFileSync(process.execPath, ['node_modules/next/dist/bin/next', 'start', '-p', '3518'], {
      env: { ...process.env, DATA_DIR: dataDir, NEXT_TELEMETRY_DISABLED: '1' },
      encoding: 'utf8',
      stdio: 'pipe',
      timeout: 60_000,
    });
  } catch (error) {
    output = String((error as { stderr?: string }).stderr);
  }
  expect(output).toContain('in use by a running cockpit');
});
