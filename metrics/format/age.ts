const SECOND_MS = 1000;
const STEPS = [
  { unit: '分钟', sizeMs: 60 * SECOND_MS },
  { unit: '小时', sizeMs: 3600 * SECOND_MS },
  { unit: '天', sizeMs: 86_400 * SECOND_MS },
  { unit: '个月', sizeMs: 30 * 86_400 * SECOND_MS },
  { unit: '年', sizeMs: 365 * 86_400 * SECOND_MS },
] as const;

/**
 * Age in Chinese: 刚刚, 3 分钟前, 5 小时前, 2 天前, 4 个月前, 2 年前; whole units, rounded down, so that an age is
 * never overstated. An instant ahead of the clock (skew) reads 刚刚 within a minute, then 3 分钟后.
 */
export function relativeAgeZh(thenMs: number, nowMs: number): string {
  const ageMs = nowMs - thenMs;
  const step = STEPS.findLast(({ sizeMs }) => Math.abs(ageMs) >= sizeMs);
  if (!step) return '刚刚';
  return `${Math.floor(Math.abs(ageMs) / step.sizeMs)} ${step.unit}${ageMs >= 0 ? '前' : '后'}`;
}
