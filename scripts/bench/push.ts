import fs from 'node:fs';
import { chromium, type Page } from '@playwright/test';
import type { Credential } from '@/server/auth/first-start';
import { median } from './measure';

/** A push into quiet, and pushes that come while what follows from the former one is still being computed. */
const ROUNDS = [
  { name: 'quiet', pushes: 5, pauseMs: 8_000 },
  { name: 'pressed', pushes: 9, pauseMs: 1_000 },
] as const;
/** What has come in, and what is computed from it: the day's number of hotline requests. */
const EVENTS: Watched = { panel: '[data-panel="events"]', part: /.+/s };
const FIGURES: Watched = { panel: '[data-panel="pulse"]', part: /热线诉求[^0-9]*[0-9,]+/s };

interface Watched {
  panel: string;
  part: RegExp;
}

/**
 * From a row pushed in over HTTP to what changes on an open wall in a real browser, in milliseconds: the event that
 * rows came in, and the figure that counts them.
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
    for (const { panel } of [EVENTS, FIGURES]) await page.locator(panel).waitFor({ timeout: 60_000 });
    await page.waitForTimeout(3_000);
    console.log('push over HTTP (goal: on the wall within 2000 ms)');
    let sent = 0;
    for (const { name, pushes, pauseMs } of ROUNDS) {
      const accepted: number[] = [];
      const event: number[] = [];
      const figure: number[] = [];
      for (let i = 0; i < pushes; i++) {
        const panels = [await changeOf(page, EVENTS), await changeOf(page, FIGURES)] as const;
        const startedMs = performance.now();
        const since = (list: number[]) => () => list.push(performance.now() - startedMs);
        const seen = Promise.all([panels[0]().then(since(event)), panels[1]().then(since(figure))]);
        await push(origin, token, nowMs, sent++);
        since(accepted)();
        await seen;
        await page.waitForTimeout(pauseMs);
      }
      for (const [what, taken] of [
        ['accepted', accepted],
        ['event in the DOM', event],
        ['figure in the DOM', figure],
      ] as const) {
        const each = taken.map((ms) => ms.toFixed(0)).join(', ');
        console.log(`  ${name}: ${what}: median ${median(taken).toFixed(0)} ms of ${each}`);
      }
    }
  } finally {
    await browser.close();
  }
}

/** Remembers the part of a panel's text. @returns what waits until it is another. */
async function changeOf(page: Page, { panel, part }: Watched): Promise<() => Promise<unknown>> {
  const before = part.exec((await page.locator(panel).textContent()) ?? '')?.[0];
  if (before === undefined) throw new Error(`${panel} shows no ${part.source}`);
  return () =>
    page.waitForFunction(
      ([selector, source, old]) =>
        new RegExp(source, 's').exec(document.querySelector(selector)?.textContent ?? '')?.[0] !== old,
      [panel, part.source, before] as const,
      { polling: 20, timeout: 30_000 },
    );
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
