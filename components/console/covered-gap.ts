import type { ApiOutputs } from '@/components/trpc/outputs';
import { FREQ_ZH } from '@/metrics/format/definition-words';

type Release = ApiOutputs['calendar']['releases']['releases'][number];

/** Longer periods named before the rest is counted. */
const NAMED = 6;

/** 月度止于2020年1-8月,其后 52 期只有年度数(已到2024年); where not every year came, which did and which did not. */
export function coveredZh(
  freq: Release['freq'],
  { lastLabel, periods, by, untilLabel, found, lacking }: NonNullable<Release['covered']>,
): string {
  const after = `${FREQ_ZH[freq]}度止于${lastLabel},其后 ${periods} 期`;
  const longer = `${FREQ_ZH[by]}度数`;
  if (lacking.length === 0) return `${after}只有${longer}(已到${untilLabel})`;
  return `${after}未到;其间${longer}有${listed(found)},缺${listed(lacking)}`;
}

function listed(labels: readonly string[]): string {
  const more = labels.length > NAMED ? `等 ${labels.length} 期` : '';
  return `${labels.slice(0, NAMED).join('、')}${more}`;
}
