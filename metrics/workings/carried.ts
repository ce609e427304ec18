import { carryForward } from '@/metrics/calculus/carry-forward';
import { periodLabelZh } from '@/metrics/time/label';
import type { CellFacts } from './facts';
import { publishedBefore } from './periods';
import { type Working, workingOf } from './working';

/** What a missing stock may be shown as: the one before it, once (calculus.md §15). Nothing is stored of it. */
export function carriedWorking(facts: CellFacts): Working[] {
  const { cell, current, definition } = facts;
  if (definition.accumulation !== 'stock' || !current || current.value !== null) return [];
  const periodMs = publishedBefore(definition, cell);
  const previous = facts.at({ periodMs });
  const carried = previous?.flags.includes('locf') ?? false;
  const made = carryForward(
    definition.accumulation,
    null,
    previous ? { value: previous.value, carried } : null,
  );
  const before = periodLabelZh(cell.freq, periodMs, cell.basis);
  const reason = carried ? `${before}已是沿用值,只沿用一次` : `缺${before}`;
  return [
    workingOf(facts, {
      key: 'carried_forward',
      label: '沿用上期',
      result: made.value === null ? { ...made, text: reason } : made,
      unit: 'value',
      rule: '时点数本期缺时沿用上一期一次,并标“沿用上期”;流量与比率不沿用',
      source: '§15',
      operands: {
        current: { label: '本期', from: current },
        previous: { label: before, from: previous },
      },
    }),
  ];
}
