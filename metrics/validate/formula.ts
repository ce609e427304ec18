import { checkFormula } from '@/metrics/expression/check-formula';
import { fromExpression, type Rule } from './rule';

/** The formula of a derived metric: syntax, known metrics, units against the declared one. */
export const formula: Rule = (definition, { byCode }) =>
  definition.kind === 'derived'
    ? fromExpression(
        definition,
        'formula',
        checkFormula(definition.formula, byCode, definition.unit).findings,
      )
    : [];
