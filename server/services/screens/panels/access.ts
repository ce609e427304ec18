import { domainInScope } from '@/server/access/scope';
import { AppError } from '@/server/errors';
import type { MetricChoice } from '@/server/services/screens/definition/model';
import { definitionOf, type Reading } from '@/server/services/screens/reading';

/** The choices whose domain the actor may read. @throws AppError `forbidden` when none is left. */
export function readableChoices<Choice extends MetricChoice>(
  reading: Reading,
  choices: readonly Choice[],
): Choice[] {
  const allowed = choices.filter((choice) =>
    domainInScope(reading.ctx.actor.scope, definitionOf(reading, choice.metric).domain),
  );
  if (allowed.length === 0)
    throw new AppError('forbidden', '该面板的指标不在您的数据范围内', { place: 'panel' });
  return allowed;
}
