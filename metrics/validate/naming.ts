import { error, type Finding, type Rule, warning } from './rule';

/** Two metrics of one name cannot be told apart on a screen; a dimension or a level is listed once. */
export const naming: Rule = (definition, { definitions }) => {
  const findings: Finding[] = [];
  const others = definitions.filter(({ code }) => code !== definition.code);
  const namesake = others.find(({ name }) => name === definition.name);
  if (namesake !== undefined)
    findings.push(error('duplicate_name', definition, 'name', `名称与指标“${namesake.code}”相同`));
  const english = others.find(({ name_en }) => name_en === definition.name_en);
  if (english !== undefined)
    findings.push(warning('duplicate_name', definition, 'name_en', `英文名与“${english.name}”相同`));
  for (const member of ['slices', 'levels'] as const) {
    const listed: readonly string[] = definition[member];
    const twice = listed.findIndex((one, index) => listed.indexOf(one) < index);
    if (twice >= 0)
      findings.push(error('listed_twice', definition, `${member}.${twice}`, `“${listed[twice]}”列了两次`));
  }
  return findings;
};
