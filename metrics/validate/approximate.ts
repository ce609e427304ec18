import { type Rule, warning } from './rule';

/** Words alone put no 近似 beside a number, and a mark that no words explain cannot be understood (`calculus.md` §12). */
export const approximate: Rule = (definition) => {
  if (definition.kind !== 'derived') return [];
  const said = definition.definition.includes('近似');
  const marked = definition.approximate === true;
  if (said === marked) return [];
  return said
    ? [warning('approximate', definition, 'approximate', '口径说是近似,数旁却不标', 'approximate: true')]
    : [warning('approximate', definition, 'definition', '标为近似,口径没有说怎么近似')];
};
