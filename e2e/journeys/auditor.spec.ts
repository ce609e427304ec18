import { expect, test } from '@playwright/test';
import { expectAccessible, journey, signIn } from '../support/journey';

/** A role without screens and values has a place of its own, and a way out from everywhere. */
test('an auditor begins in the console, also when the wall is typed, and is told whom values are for', async ({
  page,
}) => {
  const { origin } = journey();
  await signIn(page, 'auditor');
  await expect(page).toHaveURL(`${origin}/console`);
  await expect(page.getByRole('navigation', { name: '控制台' })).toContainText('审计');
  await page.goto(`${origin}/?region=140100`);
  await expect(page).toHaveURL(`${origin}/console`);

  for (const path of ['/metric/gdp', '/metric']) {
    await page.goto(`${origin}${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('审计员角色不能使用“指标”');
    await expect(page.getByText('领导、分析员、运维员、管理员可以使用')).toBeVisible();
    await expectAccessible(page);
  }
  await page.getByRole('main').getByRole('link', { name: '指标口径' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('指标口径');

  await page.getByRole('button', { name: /审计员/ }).click();
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect(page.getByLabel('用户名')).toBeVisible();
});
