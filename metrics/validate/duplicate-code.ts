import { error, type Rule } from './rule';

/** A code names one metric; reported at each definition but the first. */
export const duplicateCode: Rule = (definition, { definitions }) => {
  const first = definitions.find((other) => other.code === definition.code);
  return first === definition || first === undefined
    ? []
    : [error('duplicate_code', definition, 'code', `代码“${definition.code}”已用于“${first.name}”`)];
};
