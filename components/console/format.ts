import { instantZh } from '@/components/ui/instant';

const digits = new Intl.NumberFormat('zh-CN');

/** 12,345; missing is —, never 0. */
export function countZh(value: number | null | undefined): string {
  return value === null || value === undefined ? '—' : digits.format(value);
}

export function whenZh(at: Date | number | null | undefined): string {
  if (at === null || at === undefined) return '—';
  return instantZh(typeof at === 'number' ? at : at.getTime());
}

/** 2026-11-23, Asia/Shanghai. */
export function dayZh(ms: number): string {
  return instantZh(ms).slice(0, 10);
}

/** 0.4 秒, 12 秒, 3 分 20 秒. */
export function durationZh(ms: number | null): string {
  if (ms === null) return '—';
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} 秒`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} 秒`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} 分 ${seconds % 60} 秒`;
  return `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`;
}

/** 每分钟, 每小时 05 分, 每天 02:20; other schedules stand as they are. */
export function cronZh(cron: string): string {
  const [minute = '', hour = '', ...days] = cron.split(' ');
  if (days.some((part) => part !== '*')) return cron;
  if (minute === '*' && hour === '*') return '每分钟';
  if (!/^\d{1,2}$/.test(minute)) return cron;
  if (hour === '*') return `每小时 ${minute.padStart(2, '0')} 分`;
  return /^\d{1,2}$/.test(hour) ? `每天 ${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` : cron;
}

export function bytesZh(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

/** One line of CSV, as it is: for files that are sent back to ingestion. */
export function csvLine(fields: readonly string[]): string {
  return fields
    .map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',');
}

/** Hands a text to the browser's download. */
export function downloadText(fileName: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
