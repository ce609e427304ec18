import { operandsOf } from '@/metrics/expression/operands';
import { error, type Rule, type ValidationContext } from './rule';

/** A metric may not be computed from itself, directly or through others; the shortest way round is shown. */
export const cycle: Rule = (definition, context) => {
  const way = wayBack(definition.code, context);
  return way === undefined
    ? []
    : [
        error(
          'cycle',
          definition,
          definition.kind === 'composite' ? 'parts' : 'formula',
          `循环引用:${way.join(' → ')}`,
        ),
      ];
};

/** Breadth first from the operands back to the start. */
function wayBack(start: string, { byCode }: ValidationContext): string[] | undefined {
  const seen = new Set<string>();
  let ways: string[][] = [[start]];
  while (ways.length > 0) {
    const longer: string[][] = [];
    for (const way of ways) {
      const last = byCode.get(way.at(-1) ?? '');
      for (const operand of last === undefined ? [] : operandsOf(last)) {
        if (operand === start) return [...way, start];
        if (seen.has(operand)) continue;
        seen.add(operand);
        longer.push([...way, operand]);
      }
    }
    ways = longer;
  }
  return undefined;
}
