import { type Rule, warning } from './rule';

/** GB/T 8170 half-even for the environment, half-up for everything else (`calculus.md` §1). */
export const rounding: Rule = (definition) => {
  const wanted = definition.domain === 'environment' ? 'half_even' : 'half_up';
  return definition.rounding === wanted
    ? []
    : [warning('rounding', definition, 'rounding', '修约规则与该领域的惯例不同', wanted)];
};
