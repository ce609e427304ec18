import { civilOf } from '@/metrics/time/zone';

const two = (value: number) => String(value).padStart(2, '0');

/** 2026-11-23 14:05, Asia/Shanghai wherever the reader is. */
export function instantZh(ms: number): string {
  const { year, month, day, hour, minute } = civilOf(ms);
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'] as const;

/** Date and clock of the header. */
export function clockZh(ms: number): { date: string; time: string } {
  const { year, month, day, hour, minute } = civilOf(ms);
  const weekday = WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
  const second = Math.floor(ms / 1000) % 60;
  return {
    date: `${year}年${month}月${day}日 星期${weekday}`,
    time: `${two(hour)}:${two(minute)}:${two(second)}`,
  };
}

/** Age for the stale banner: it grows by seconds first, because a wall that stands still is noticed at once. */
export function ageZh(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} 秒前`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} 分钟前`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} 小时 ${minutes % 60} 分钟前` : `${Math.floor(hours / 24)} 天前`;
}
