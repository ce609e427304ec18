const DAY_MS = 86_400_000;

/** Half-open stretch of time, epoch milliseconds: from, to. */
export type Window = [number, number];

/** Days (`YYYY-MM-DD`, ascending, Asia/Shanghai) as half-open stretches; neighbouring days are one stretch. */
export function windowsOf(days: readonly string[]): Window[] {
  const windows: Window[] = [];
  for (const day of days) {
    const fromMs = Date.parse(`${day}T00:00:00+08:00`);
    const last = windows.at(-1);
    if (last && last[1] === fromMs) last[1] = fromMs + DAY_MS;
    else windows.push([fromMs, fromMs + DAY_MS]);
  }
  return windows;
}
