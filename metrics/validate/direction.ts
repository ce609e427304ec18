import { error, type Finding, type Rule } from './rule';

/** A target interval belongs to `band` metrics; a reduction is planned of what is better lower (`calculus.md` §10, §11). */
export const direction: Rule = (definition) => {
  const { band, five_year } = definition;
  const findings: Finding[] = [];
  if (band !== undefined && definition.direction !== 'band')
    findings.push(error('band', definition, 'band', '只有目标区间型指标才写区间', 'direction: band'));
  if (band !== undefined && band[0] > band[1])
    findings.push(error('band', definition, 'band', '区间下限大于上限', `[${band[1]}, ${band[0]}]`));
  if (five_year === 'reduction' && definition.direction !== 'lower_better')
    findings.push(
      error('five_year', definition, 'five_year', '下降目标要求越低越好', 'direction: lower_better'),
    );
  return findings;
};
