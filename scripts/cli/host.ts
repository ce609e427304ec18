import { type CommandHost, connectHost, type HostOptions } from '@/server/commands/client';
import type { Progress } from '@/server/commands/command';
import { readEnv } from '@/server/env';

/** Runs work on the cockpit of DATA_DIR, or on its stores when none is running, and lets go of them. */
export async function withHost<T>(
  work: (host: CommandHost) => Promise<T>,
  options: Pick<HostOptions, 'mayFound'> = {},
): Promise<T> {
  const host = await connectHost(readEnv(), { ...options, onProgress: (step) => showProgress({ step }) });
  try {
    return await work(host);
  } finally {
    clearProgress();
    await host.close();
  }
}

let shown = false;

/** One line that is written over, on a terminal only: a log file should not fill with it. */
export function showProgress({ step, rows }: Progress): void {
  if (!process.stderr.isTTY) return;
  const text = rows === undefined ? step : `${step} ${rows.toLocaleString('en')} rows`;
  process.stderr.write(`\r\x1b[K${text}`);
  shown = true;
}

export function clearProgress(): void {
  if (shown) process.stderr.write('\r\x1b[K');
  shown = false;
}
