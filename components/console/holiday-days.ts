import { DAY_MS } from '@/metrics/time/zone';

/** '2026-10-01'… as people read them: 1月1日–3日、10月1日–7日. Days come sorted. */
export function stretchesZh(days: readonly string[]): string {
  const stretches: { first: string; last: string }[] = [];
  for (const day of days) {
    const open = stretches.at(-1);
    if (open && Date.parse(day) - Date.parse(open.last) === DAY_MS) open.last = day;
    else stretches.push({ first: day, last: day });
  }
  return stretches
    .map(({ first, last }) => {
      const [a, b] = [partsOf(first), partsOf(last)];
      const from = `${a.month}月${a.day}日`;
      if (first === last) return from;
      return a.month === b.month ? `${from}–${b.day}日` : `${from}–${b.month}月${b.day}日`;
    })
    .join('、');
}

function partsOf(day: string): { month: number; day: number } {
  return { month: Number(day.slice(5, 7)), day: Number(day.slice(8)) };
}
