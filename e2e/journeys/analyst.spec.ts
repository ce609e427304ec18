import { expect, test } from '@playwright/test';
import { expectAccessible, journey, signIn } from '../support/journey';

test('an analyst reads a metric as it is known now and as it was known then', async ({ page }) => {
  const { origin } = journey();
  await signIn(page, 'analyst', '/metric/gdp?freq=A');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('地区生产总值');
  await expect(page.getByText('25,494.69').first()).toBeVisible();
  await expectAccessible(page);

  // calculus.md T33: the preliminary figure of 2020 was verified later.
  await page.goto(`${origin}/metric/gdp?freq=A&asOf=2021-03-31`);
  await expect(page.getByText('当时看到的数').first()).toBeVisible();
  await expect(page.getByText('17,651.93').first()).toBeVisible();
  await page.goto(`${origin}/metric/gdp?freq=A&asOf=2022-06-30`);
  await expect(page.getByText('17,835.60').first()).toBeVisible();

  const rest = await page.request.get(
    `${origin}/api/v1/observations?metric=gdp&region=140000&freq=A&from=2020&to=2020&asOf=2021-03-31T00:00:00%2B08:00&format=csv`,
  );
  expect(rest.status()).toBe(200);
  expect(await rest.text()).toContain('17651.93');
});

test('an analyst sees how every comparison was made, on a desk and on a phone', async ({ page }) => {
  const { origin } = journey();
  await signIn(page, 'analyst', '/metric/gdp?freq=A&period=2024');
  const calculus = page.getByRole('region', { name: '演算' });
  // T16: published growth is the growth; the ratio of levels stands beside it with its warning.
  await expect(calculus.getByRole('row', { name: /^同比/ })).toContainText('+2.3%');
  const nominal = calculus.getByRole('row', { name: /^名义变动/ });
  await expect(nominal).toContainText('−0.8%');
  await expect(nominal).toContainText('名义、未调整');
  // Operands are folded away until asked for, and each opens its own passport.
  await nominal.locator('summary').click();
  await nominal.getByRole('button', { name: /上年同期 25,698\.18/ }).click();
  const passport = page.getByRole('dialog');
  await expect(passport).toContainText('2023年');
  await expect(passport).toContainText('与前期比较');
  await page.keyboard.press('Escape');

  await page.goto(`${origin}/metric/gdp?freq=A&period=2020`);
  const revised = page.getByRole('region', { name: '修订', exact: true });
  await expect(revised).toContainText('+183.67');
  await revised.getByText('修订三角').click();
  await expect(revised.getByRole('columnheader', { name: '2022-01-15' })).toBeVisible();
  await expectAccessible(page);

  await page.setViewportSize({ width: 390, height: 844 });
  await expect(calculus.getByRole('row', { name: /^同比/ })).toContainText('+3.6%');
  // The chart takes a moment to shrink.
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
    .toBeLessThanOrEqual(0);
  await expectAccessible(page);
});

test('the list of indicators says which are not computed yet, and why', async ({ page }) => {
  await signIn(page, 'analyst', '/metric');
  await expect(page.getByText('219').first()).toBeVisible();
  await expect(page.getByText(/尚未接入/).first()).toBeVisible();
  await expectAccessible(page);
});
