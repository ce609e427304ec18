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

function wayBack(start: string, context: ValidationContext): string[] | undefined {
  return wayTo(start, start, context);
}

/** The shortest way from one metric over operands to another; breadth first. */
export function wayTo(start: string, end: string, { byCode }: ValidationContext): string[] | undefined {
  const seen = new Set<string>();
  let ways: string[][] = [[start]];
  while (ways.length > 0) {
    const longer: string[][] = [];
    for (const way of ways) {
      const last = byCode.get(way.at(-1) ?? '');
      for (const operand of last === undefined ? [] : operandsOf(last)) {
        if (operand === end) return [...way, end];
        if (seen.has(operand)) continue;
        seen.add(operand);
        longer.push([...way, operand]);
      }
    }
    ways = longer;
  }
  return undefined;
}
