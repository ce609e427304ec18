import { LEVEL_ZH } from '@/metrics/format/definition-words';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { RegionLevel } from '@/metrics/model/region';
import type { MetricChoice } from '@/server/services/screens/definition/model';
import { figureOf } from '@/server/services/screens/figure';
import { definitionOf, newestOf, type Reading } from '@/server/services/screens/reading';
import type { RegionRef } from '@/server/services/screens/types';

/** What is not there at a level, and where it is: 县级未公布生产总值;市级公布:太原市2024年 5,418.87 亿元. */
export async function elsewhereNote(
  reading: Reading,
  level: RegionLevel,
  choice: MetricChoice,
  above: readonly RegionRef[],
): Promise<string> {
  const definition = definitionOf(reading, choice.metric);
  const name = choice.name ?? definition.name;
  const published = isPublished(definition);
  const lacking = published ? `${LEVEL_ZH[level]}未公布${name}` : `${LEVEL_ZH[level]}没有${name}数据`;
  const found = await nearestValue(reading, choice, above);
  if (found === null) return lacking;
  const { region, text } = found;
  return `${lacking};${LEVEL_ZH[region.level]}${published ? '公布' : '有'}:${text}`;
}

/** The newest value of the lowest of the regions that has one, in words. */
async function nearestValue(
  reading: Reading,
  choice: MetricChoice,
  regions: readonly RegionRef[],
): Promise<{ region: RegionRef; text: string } | null> {
  const definition = definitionOf(reading, choice.metric);
  const known = await reading.pool.read({
    metrics: [choice.metric],
    regions: regions.map(({ code }) => code),
    freq: choice.freq,
  });
  for (const region of regions.toReversed()) {
    const own = known.filter((o) => o.region === region.code && o.value !== null);
    const newest = newestOf(own, choice, definition);
    if (!newest) continue;
    const figure = figureOf(definition, region.code, newest, reading);
    const words = `${region.name}${figure.periodLabel} ${figure.text} ${figure.unit}`.trimEnd();
    return { region, text: `${words}${figure.unverified === null ? '' : '(待核)'}` };
  }
  return null;
}

/** Released by an office rather than counted from detail rows. */
function isPublished({ kind }: MetricDefinition): boolean {
  return kind === 'reported' || kind === 'derived';
}
