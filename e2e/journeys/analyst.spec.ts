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

test('the list of indicators says which are not computed yet, and why', async ({ page }) => {
  await signIn(page, 'analyst', '/metric');
  await expect(page.getByText('219').first()).toBeVisible();
  await expect(page.getByText(/尚未接入/).first()).toBeVisible();
  await expectAccessible(page);
});
