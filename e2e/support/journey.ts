import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import type { Journey } from '../cockpit';

export function journey(): Journey {
  return JSON.parse(process.env.YIPING_JOURNEY ?? '{}') as Journey;
}

export async function signIn(page: Page, role: string, path = '/'): Promise<void> {
  const { origin, passwords } = journey();
  await page.goto(`${origin}${path}`);
  await page.getByLabel('用户名').fill(role);
  await page.getByLabel('密码').fill(passwords[role] ?? '');
  await page.getByRole('button', { name: '登录' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** No violation of WCAG 2 A and AA that axe can find. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
  expect(found).toEqual([]);
}

/** Pushes rows as an outside system would. */
export async function push(
  dataset: string,
  rows: readonly object[],
  fileName: string,
): Promise<{ accepted: number }> {
  const { origin, operatorToken } = journey();
  const response = await fetch(`${origin}/api/v1/ingest/${dataset}?provenance=demo&fileName=${fileName}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/x-ndjson' },
    body: rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
  });
  if (!response.ok) throw new Error(`push: ${response.status} ${await response.text()}`);
  return (await response.json()) as { accepted: number };
}

/** Local time of Shanxi as ingestion takes it. */
export function localTime(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

export function ticket(id: string, atMs: number): Record<string, unknown> {
  return {
    ticket_id: id,
    region_code: 140105,
    create_ts: localTime(atMs),
    channel: 'phone',
    request_type: '投诉',
    topic: '噪声',
    subject_type: 'person',
    valid: 1,
    dispatched: 0,
    urgency: 'normal',
  };
}
