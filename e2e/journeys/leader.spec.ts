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
  // No county has a figure of it: the map says so and where there is one, and shows what the counties have.
  await expect(map.getByRole('heading', { level: 2 })).toHaveText('长治市 · 实时 AQI');
  await map.getByRole('button', { name: '表格' }).click();
  await expect(map).toContainText(/县级未公布生产总值;市级公布:长治市.*此处为实时 AQI/);
  await expect(map.getByRole('button', { name: '生产总值' })).toBeDisabled();
  // A county is seen among those of its city, with all that it has.
  await map.getByRole('button', { name: '表格' }).click();
  await map.getByRole('button', { name: '潞州区', exact: true }).click();
  await expect(page).toHaveURL(/region=140403/);
  const ranking = page.locator('[data-panel="ranking"]');
  await expect(ranking.getByRole('heading', { level: 2 })).toHaveText('长治市各县(市、区)实时 AQI排名');
  await map.getByRole('button', { name: '表格' }).click();
  await expect(map.getByRole('region', { name: '潞州区各项数' })).toContainText('实时 AQI');
  await expectAccessible(page);
  await map.getByRole('button', { name: /返回长治市/ }).click();
  await map.getByRole('button', { name: /返回全省/ }).click();
  await expect(map).toContainText('太原市');
  expect(outside).toEqual([]);
});

test('generated figures are marked 演示数据 and the wall shows no spinner', async ({ page }) => {
  await signIn(page, 'leader');
  await expect(page.locator('[data-panel="pulse"]')).toContainText('演示');
  await expect(page.locator('[role="progressbar"], .ant-spin')).toHaveCount(0);
});

test('a leader looks at the wall as it was known, and comes back to now', async ({ page }) => {
  await signIn(page, 'leader');
  const indicators = page.locator('[data-panel="indicators"]');
  await expect(indicators).toContainText('25,494.69');

  // All by keyboard: open, choose, submit.
  await page.getByRole('button', { name: '当时看到的数' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel('截至').fill('2020-08-01T00:00');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(/asOf=2020-08-01T00/);
  await expect(page.getByText('截至 2020-08-01 00:00 所知')).toBeVisible();
  await expect(page.getByText('已定格')).toBeVisible();

  // The half year of 2020 against the target that was known: 48.7 % of the year's, 50 % of its time (T21).
  await expect(indicators).not.toContainText('25,494.69');
  const target = indicators.getByRole('button', {
    name: /完成率 48\.7%,时序进度 50\.0%,进度差 −1\.3 个百分点/,
  });
  await expect(target).toBeVisible();
  await expect(indicators.locator('[data-lamp="blue"]')).toContainText('蓝');
  await expectAccessible(page);

  // A passport from a picture of the past is of the past.
  await indicators
    .getByRole('button', { name: /城镇新增就业.*22\.40.*数字护照/ })
    .first()
    .click();
  const passport = page.getByRole('dialog');
  await expect(passport).toContainText('截至 2020-08-01 00:00 所知');
  await expect(passport).toContainText('完成率较进度 −1.3 个百分点,低于 0');
  await expect(passport).toContainText('asOf=');
  await page.keyboard.press('Escape');

  // A link or a reload gives the same picture; the back button and 回到实时 give now.
  await page.reload();
  await expect(target).toBeVisible();
  await page.getByRole('button', { name: '回到实时' }).click();
  await expect(page).not.toHaveURL(/asOf=/);
  await expect(indicators).toContainText('25,494.69');
  await page.goBack();
  await expect(target).toBeVisible();
});

test('a leader leaves the wall for the metrics, signs out by keyboard, and is told of a day before any data', async ({
  page,
}) => {
  const { origin } = journey();
  await signIn(page, 'leader');
  const faces = page.getByRole('navigation', { name: '其他界面' });
  await expect(faces.getByRole('link')).toHaveText(['指标']);
  await faces.getByRole('link', { name: '指标' }).click();
  await expect(page).toHaveURL(`${origin}/metric`);
  await page.getByRole('navigation', { name: '其他界面' }).getByRole('link', { name: '大屏' }).click();
  await expect(page).toHaveURL(`${origin}/`);

  await page.goto(`${origin}/?asOf=2005-01-01T00:00`);
  await expect(page.getByRole('heading', { name: '该日尚无数据' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('main').getByRole('button', { name: '回到实时' }).click();
  await expect(page.locator('[data-panel="indicators"]')).toBeVisible();

  const account = page.getByRole('button', { name: /账号/ });
  await account.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: '退出登录' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: '退出登录' })).toBeHidden();
  await expect(account).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('用户名')).toBeVisible();
});
