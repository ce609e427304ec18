import fs from 'node:fs';
import { chromium } from '@playwright/test';
import type { Credential } from '@/server/auth/first-start';
import { median } from './measure';

const PUSHES = 7;

/**
 * From a row pushed in over HTTP to the changed number on an open wall in a real browser, in milliseconds of the
 * browser's wall clock.
 */
export async function benchPush(
  origin: string,
  leader: Credential,
  token: string,
  nowMs: number,
): Promise<void> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (!fs.existsSync(executablePath)) {
    console.log('push to DOM: skipped, chromium is not installed');
    return;
  }
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--ignore-gpu-blocklist',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.goto(`${origin}/sign-in`);
    await page.fill('[name=username]', leader.username);
    await page.fill('[name=password]', leader.password ?? '');
    await page.press('[name=password]', 'Enter');
    const events = page.locator('[data-panel="events"]');
    await events.waitFor({ timeout: 60_000 });
    await page.waitForTimeout(3_000);
    const taken: number[] = [];
    for (let i = 0; i < PUSHES; i++) {
      const before = await events.textContent();
      const startedMs = performance.now();
      await push(origin, token, nowMs, i);
      const acceptedMs = performance.now() - startedMs;
      await page.waitForFunction(
        (old) => (document.querySelector('[data-panel="events"]') as HTMLElement | null)?.textContent !== old,
        before,
        { polling: 20, timeout: 30_000 },
      );
      taken.push(performance.now() - startedMs);
      console.log(`PUSH ${i} accepted ${acceptedMs.toFixed(0)} shown ${(performance.now() - startedMs).toFixed(0)} at ${Date.now()}`);
      await page.waitForTimeout(2_500);
    }
    console.log(
      `push to DOM over HTTP, ${PUSHES} pushes: median ${median(taken).toFixed(0)} ms, worst ${Math.max(...taken).toFixed(0)} ms (goal 2000 ms)`,
    );
  } finally {
    await browser.close();
  }
}

async function push(origin: string, token: string, nowMs: number, i: number): Promise<void> {
  const at = new Date(nowMs - (i + 1) * 60_000 + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  const row = {
    ticket_id: `BENCH-${nowMs}-${i}`,
    region_code: 140105,
    create_ts: at,
    channel: 'phone',
    request_type: '投诉',
    topic: '噪声',
    subject_type: 'person',
    valid: 1,
    dispatched: 0,
    urgency: 'normal',
  };
  const response = await fetch(`${origin}/api/v1/ingest/hotline_ticket?provenance=demo&fileName=bench-${i}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body: `${JSON.stringify(row)}\n`,
  });
  const body = await response.text();
  if (!response.ok || !body.includes('"accepted":1')) throw new Error(`push: ${response.status} ${body}`);
}
