import type { Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { Context } from '@/server/context';
import { AppError } from '@/server/errors';
import { type Dimension, valuesOf } from '@/server/observations/dimension';

export type AskedValues = Readonly<Partial<Record<Dimension, readonly string[]>>>;

const TITLES: Readonly<Record<Dimension, string>> = {
  freq: '频率',
  basis: '口径',
  measure: '度量',
  slice: '分组',
};
const SHOWN = 12;

/**
 * Refuses a frequency, basis, measure or slice that the metrics do not have: a misspelt one would be answered with
 * nothing, as if it had no data. What the answer shows is known; only the rest is looked up. Of a metric without any
 * observation nothing can be said, so nothing is refused.
 * @throws AppError `bad_input` with the parameter and what there is.
 */
export async function assertKnownValues(
  ctx: Context,
  definitions: readonly MetricDefinition[],
  asked: AskedValues,
  seen: readonly Observation[],
): Promise<void> {
  for (const dimension of ['freq', 'basis', 'measure', 'slice'] as const) {
    const shown = new Set<string>(seen.map((cell) => cell[dimension]));
    const possible = definitions.flatMap((definition) => promised(definition, dimension));
    const open = (asked[dimension] ?? []).filter((value) => !shown.has(value) && !possible.includes(value));
    if (open.length === 0) continue;
    const codes = definitions.map(({ code }) => code);
    const there = await valuesOf(ctx, codes, dimension);
    const unknown = open.find((value) => !there.includes(value));
    if (there.length === 0 || unknown === undefined) continue;
    const choices = [...new Set([...there, ...possible])].filter((value) => value !== '');
    const which =
      choices.length === 0 ? '没有可用的值' : `可用:${listed(nearby(unknown, choices, dimension))}`;
    throw new AppError('bad_input', `${codes.join('、')} 没有${TITLES[dimension]}“${unknown}”;${which}`, {
      place: dimension,
    });
  }
}

/** What a definition admits although nothing of it may have arrived yet. */
function promised(definition: MetricDefinition, dimension: Dimension): readonly string[] {
  if (dimension === 'freq') return [definition.freq];
  if (dimension === 'slice') return [''];
  if (dimension !== 'measure') return [];
  return [
    'level',
    'target',
    ...(definition.yoy.startsWith('published') ? ['yoy'] : []),
    ...(definition.mom.startsWith('published') ? ['mom'] : []),
  ];
}

/** Of thousands of slices those of the same dimensions, if there are any. */
function nearby(asked: string, choices: readonly string[], dimension: Dimension): readonly string[] {
  if (dimension !== 'slice') return choices;
  const dims = (slice: string) => slice.replace(/=[^;]*/g, '');
  const same = choices.filter((slice) => dims(slice) === dims(asked));
  return same.length > 0 ? same : choices;
}

function listed(values: readonly string[]): string {
  const rest = values.length > SHOWN ? ` 等 ${values.length} 个` : '';
  return values.slice(0, SHOWN).join('、') + rest;
}
