import { expect, test } from '@playwright/test';
import { expectAccessible, journey, localTime, signIn, ticket } from '../support/journey';

const COLUMNS = [
  'ticket_id',
  'region_code',
  'create_ts',
  'channel',
  'request_type',
  'topic',
  'subject_type',
  'valid',
  'dispatched',
  'urgency',
];

test('an operator uploads a file with bad rows, mends them, and the number moves on the wall', async ({
  browser,
}) => {
  const now = Date.now();
  const rows = [1, 2, 3, 4].map((i) => ticket(`E2E-${now}-${i}`, now - i * 60_000));
  const lines = rows.map((row) => COLUMNS.map((column) => row[column]).join(','));
  // An unknown region and a time in the future: each is kept with its reason.
  lines[2] = (lines[2] ?? '').replace(',140105,', ',149999,');
  lines[3] = (lines[3] ?? '').replace(localTime(now - 4 * 60_000), '2099-01-01 00:00:00');

  const desk = await (await browser.newContext()).newPage();
  const wall = await (await browser.newContext()).newPage();
  await signIn(wall, 'leader');
  const events = wall.locator('[data-panel="events"]');
  await expect(events).toBeVisible();
  const before = await events.textContent();

  await signIn(desk, 'operator', '/console/datasets/hotline_ticket');
  await expectAccessible(desk);
  await desk
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'tickets.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`${[COLUMNS.join(','), ...lines].join('\n')}\n`),
    });
  await desk
    .getByRole('button', { name: /上\s?传/ })
    .last()
    .click();
  await expect(desk.getByText(/新增 2 行,更正 0 行,重复 0 行,拒收 2 行/)).toBeVisible();
  await expect.poll(() => events.textContent()).not.toBe(before);
  const moved = await events.textContent();

  await desk.getByRole('link', { name: '查看拒收的行并修正' }).click();
  await expect(
    desk
      .getByRole('textbox', { name: '第 4 行 区划' })
      .or(desk.getByRole('textbox', { name: '第 3 行 区划' }))
      .first(),
  ).toBeVisible();
  await expectAccessible(desk);
  // A mended cell is no longer invalid, so the first one is always the next to mend.
  const invalid = desk.locator('input[aria-invalid="true"]');
  await expect(invalid).toHaveCount(2);
  for (let left = 2; left > 0; left -= 1) {
    const name = (await invalid.first().getAttribute('aria-label')) ?? '';
    await invalid.first().fill(name.endsWith('区划') ? '140105' : localTime(now - 4 * 60_000));
    await expect(invalid).toHaveCount(left - 1);
  }
  await desk.getByRole('button', { name: /重发改过的 2 行/ }).click();
  await expect(desk.getByText(/新增 2 行,更正 0 行,重复 0 行,拒收 0 行/)).toBeVisible();
  // The load of before says what became of its rows, and each load leads to the other.
  await expect(desk.getByText('2 行已在后续批次修正,没有待修正的行')).toBeVisible();
  await expect(desk.getByRole('link', { name: '已在后续批次修正' })).toHaveCount(2);
  await expectAccessible(desk);
  await desk.getByRole('link', { name: '已在后续批次修正' }).first().click();
  await expect(desk.getByText('修正的装载')).toBeVisible();
  await expect.poll(() => events.textContent()).not.toBe(moved);
});

test('what an operator may not do is refused where it is done', async ({ page }) => {
  const { origin } = journey();
  await signIn(page, 'operator', '/console');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page);
  const answer = await page.request.get(
    `${origin}/api/trpc/users.list?batch=1&input=%7B%220%22%3A%7B%22json%22%3A%7B%7D%7D%7D`,
  );
  expect(answer.status()).toBe(403);

  // The menu has only what the role can use; an address typed in says whom the page is for.
  await expect(page.getByRole('link', { name: '审计' })).toHaveCount(0);
  await page.goto(`${origin}/console/audit`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('运维员角色不能使用“审计”');
  await expect(page.getByText('管理员、审计员可以使用')).toBeVisible();
  await expectAccessible(page);
});

test('an address that is no page says so in Chinese, and keeps to the content policy', async ({ page }) => {
  const { origin } = journey();
  await signIn(page, 'operator', '/console');
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) refused.push(message.text());
  });
  const response = await page.goto(`${origin}/nope`);
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('没有这个页面');
  await expectAccessible(page);
  expect(refused).toEqual([]);
});

for (const path of [
  'datasets',
  'loads',
  'jobs',
  'metrics',
  'calendar',
  'regions',
  'users',
  'tokens',
  'audit',
]) {
  test(`the console page ${path} is accessible and has its heading`, async ({ page }) => {
    await signIn(page, 'admin', `/console/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page);
  });
}
