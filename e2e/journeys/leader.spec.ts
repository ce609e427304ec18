import { expect, test } from '@playwright/test';
import { expectAccessible, journey, signIn } from '../support/journey';

test('a leader sees the province, opens a passport and drills to a county', async ({ page }) => {
  const { origin } = journey();
  const outside: string[] = [];
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(origin)) outside.push(request.url());
  });
  await signIn(page, 'leader');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('山西省');

  // Published, not generated: the bulletin of 2024, with its published growth beside the level.
  const indicators = page.locator('[data-panel="indicators"]');
  await expect(indicators).toContainText('25,494.69');
  await expect(indicators).toContainText('2.3');
  await expectAccessible(page);

  await indicators
    .getByRole('button', { name: /地区生产总值.*25,494\.69.*数字护照/ })
    .first()
    .click();
  const passport = page.getByRole('dialog');
  await expect(passport).toContainText('口径');
  await expect(passport).toContainText('版次');
  await expect(passport).toContainText('/api/v1/observations?');
  await expect(passport).toContainText('省统计局');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(passport).toBeHidden();

  // The keyboard's way through the map: its table.
  const map = page.locator('[data-panel="map"]');
  await map.getByRole('button', { name: '表格' }).click();
  await map.getByRole('button', { name: '长治市', exact: true }).click();
  await expect(map).toContainText('潞州区');
  await expect(page).toHaveURL(/region=140400/);
  await map
    .getByRole('button', { name: /山西省|返回/ })
    .first()
    .click();
  await expect(map).toContainText('太原市');
  expect(outside).toEqual([]);
});

test('generated figures are marked 演示数据 and the wall shows no spinner', async ({ page }) => {
  await signIn(page, 'leader');
  await expect(page.locator('[data-panel="pulse"]')).toContainText('演示');
  await expect(page.locator('[role="progressbar"], .ant-spin')).toHaveCount(0);
});
