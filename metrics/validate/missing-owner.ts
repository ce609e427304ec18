import { error, type Rule } from './rule';

/** A number without somebody who answers for it is not published. */
export const missingOwner: Rule = (definition) => {
  const findings = [];
  if (definition.owner.trim() === '')
    findings.push(error('missing_owner', definition, 'owner', '没有责任部门'));
  if (definition.source_system.trim() === '') {
    findings.push(error('missing_source', definition, 'source_system', '没有来源系统'));
  }
  return findings;
};
