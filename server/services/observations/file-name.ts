import { FREQ_ZH } from '@/metrics/format/definition-words';
import { FREQUENCIES, type Observation } from '@/metrics/model/cell';
import { knownRegion } from '@/metrics/regions/tree';
import { formatPeriod } from '@/metrics/time/label';

/** A name in plain ASCII for any program, and the same in Chinese for people. */
export interface ExportName {
  ascii: string;
  chinese: string;
}

/** So many are named; of more their number says enough. */
const NAMED = 3;

/** Names a file of observations after what is in it: metrics, regions, frequencies and the periods from first to last. */
export function exportName(
  metrics: readonly { code: string; name: string }[],
  observations: readonly Observation[],
): ExportName {
  const regions = [...new Set(observations.map(({ region }) => region))].sort((a, b) => a - b);
  const freqs = FREQUENCIES.filter((freq) => observations.some((one) => one.freq === freq));
  const span = spanOf(observations);
  const ascii = [
    few(metrics, ({ code }) => code, '+', 'metrics'),
    few(regions, String, '+', 'regions'),
    freqs.join('+'),
    span === null ? 'empty' : [...new Set(span)].join('_'),
  ];
  const chinese = [
    few(metrics, ({ name }) => name, '、', '个指标'),
    few(regions, (code) => knownRegion(code)?.name ?? String(code), '、', '个地区'),
    freqs.map((freq) => FREQ_ZH[freq]).join('、'),
    span === null ? '无数据' : [...new Set(span)].join('至'),
  ];
  return { ascii: fileOf(ascii), chinese: fileOf(chinese) };
}

function few<T>(items: readonly T[], nameOf: (item: T) => string, between: string, many: string): string {
  return items.length > NAMED ? `${items.length}${many}` : items.map(nameOf).join(between);
}

/** Labels of the first and the last period, of whatever frequency they are. */
function spanOf(observations: readonly Observation[]): [string, string] | null {
  const [any] = observations;
  if (!any) return null;
  let [first, last] = [any, any];
  for (const one of observations) {
    if (one.periodMs < first.periodMs) first = one;
    if (one.periodMs > last.periodMs) last = one;
  }
  return [formatPeriod(first.freq, first.periodMs), formatPeriod(last.freq, last.periodMs)];
}

/** Without what file systems refuse in a name. */
function fileOf(parts: readonly string[]): string {
  const name = parts.filter((part) => part !== '').join('_');
  return `${name.replace(/[\s/\\:*?"<>|\p{Cc}]/gu, '')}.csv`;
}
