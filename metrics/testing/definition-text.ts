/**
 * A sound share of `a` in `b` as somebody writes it: 23 lines, `code` in the first, `formula` in the last. A line given
 * stands in for that of the same member, or follows; `member: ABSENT` leaves one out.
 */
export function entryText(...lines: string[]): string {
  const members = [
    'code: sample',
    'kind: derived',
    'name: 样例',
    'name_en: Sample',
    'domain: economy',
    'definition: 测试用口径。',
    'unit: "%"',
    'precision: 1',
    'rounding: half_up',
    'freq: M',
    'period_rule: M',
    'accumulation: rate',
    'additive_over_regions: false',
    'rollup: ratio_of_sums',
    'direction: neutral',
    'yoy: pp_diff',
    'mom: none',
    'owner: 省统计局',
    'source_system: 测试系统',
    'levels: [province]',
    'story: ""',
    'release: { lag: 月后, rules: [{ type: continuous }] }',
    'formula: a / b * 100',
  ];
  for (const line of lines) {
    const name = line.split(':')[0];
    const at = members.findIndex((member) => member.split(':')[0] === name);
    if (at < 0) members.push(line);
    else members[at] = line;
  }
  return `- ${members.filter((member) => !member.endsWith(': ABSENT')).join('\n  ')}\n`;
}
