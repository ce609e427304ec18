import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { definitionsFromYaml } from '@/metrics/model/definition-yaml';
import { definitionHash } from '@/metrics/model/hash';
import { sample } from '@/metrics/testing/definitions';
import { readShippedCatalogue } from '@/server/catalogue/read';
import { registryOf } from '@/server/catalogue/registry';
import { referenceFiles, referenceText } from '@/server/services/reference/export';
import { readReference, shippedReference } from '@/server/services/reference/read';
import { selectReference } from '@/server/services/reference/select';
import { actorOf } from '@/tests/support/actors';

const shipped = readShippedCatalogue();
const whole = selectReference(shippedReference(shipped), {});
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'yiping-reference-'));
afterAll(() => fs.rmSync(directory, { recursive: true }));

/** One metric's entry: from its heading to the next. */
function entryOf(markdown: string, code: string): string {
  return markdown.split('<a id="').find((part) => part.startsWith(`${code}"`)) ?? '';
}

describe('the catalogue as YAML', () => {
  it('reads back to the same definitions with the same hashes', () => {
    const { definitions, problems } = definitionsFromYaml(referenceText(whole, 'yaml'));
    expect(problems).toEqual([]);
    expect(definitions.length).toBe(shipped.length);
    expect(definitions.map(definitionHash)).toEqual(shipped.map(definitionHash));
  });

  it('written by domain is a catalogue directory again', () => {
    for (const { name, text } of referenceFiles(whole, 'yaml'))
      fs.writeFileSync(path.join(directory, name), text);
    const again = new Map(readShippedCatalogue(directory).map((one) => [one.code, definitionHash(one)]));
    expect(again).toEqual(new Map(shipped.map((one) => [one.code, definitionHash(one)])));
  });
});

describe('the catalogue for people', () => {
  it('says what a metric is, how it is made and who uses it', () => {
    const entry = entryOf(referenceText(whole, 'markdown'), 'hotline_ontime_rate');
    // The words of the catalogue file and of the vocabularies, by hand.
    for (const text of [
      '### 12345工单按时办结率 `hotline_ontime_rate`',
      '`COUNT(finish_ts<=due_ts)/COUNT(due_ts in T AND dispatched=1)*100 FROM hotline_ticket`',
      '%,显示 1 位小数,四舍五入',
      '同比** 百分点差',
      '上卷** 分子分母分别相加再除',
      '黄 \\< 98,橙 \\< 95,红 \\< 90',
      '省行政审批服务管理局',
      '实时/次日;随到随算;日结束后 第 1 日',
      '省级、市级、县级',
      '主办单位 `department`、主题 `topic`',
      '数据集 `hotline_ticket`(12345 热线工单)',
      '`gov_service_index`(综合,参与计算)',
      '屏幕“山西省经济社会运行一屏”(今日运行)',
      'where: finish_ts <= due_ts',
    ])
      expect(entry).toContain(text);
  });

  it('says of an approximate method that it is one', () => {
    const markdown = referenceText(whole, 'markdown');
    expect(entryOf(markdown, 'gdp_pull_secondary')).toContain('算法** 近似法');
    expect(entryOf(markdown, 'va_tertiary_share')).not.toContain('近似');
  });

  it('tells operands and weights apart, and what everything finally comes from', () => {
    const markdown = referenceText(whole, 'markdown');
    expect(entryOf(markdown, 'va_tertiary_share')).toContain(
      '[地区生产总值](#gdp) `gdp`(报送,参与计算、上卷权数)',
    );
    expect(entryOf(markdown, 'entities_per_1000')).toContain('最终来自 数据集 `market_entity_event`');
  });

  it('has an entry for every metric, and links between files that exist', () => {
    const files = referenceFiles(whole, 'markdown');
    const anchors = new Set(
      files.flatMap(({ name, text }) =>
        [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => `${name}#${id}`),
      ),
    );
    expect(anchors.size).toBe(shipped.length);
    const targets = files.flatMap(({ name, text }) =>
      [...text.matchAll(/\]\(([^)]*#[^)]+)\)/g)].map(([, to = '']) => (to.startsWith('#') ? name + to : to)),
    );
    expect(targets.length).toBeGreaterThan(100);
    expect(targets.filter((to) => !anchors.has(to))).toEqual([]);
  });

  it('never turns the text of a definition into markup', () => {
    const hostile = sample.reported({
      code: 'x',
      definition: '<script>*a*</script>|`b`',
      formula_text: 'a `b`',
    });
    const text = referenceText(selectReference(shippedReference([hostile]), {}), 'markdown');
    expect(text).toContain('\\<script\\>\\*a\\*\\</script\\>\\|\\`b\\`');
    expect(text).toContain('`` a `b` ``');
  });
});

describe('what is exported', () => {
  it('is filtered by domain, kind, code and whether there can be values', () => {
    const codes = (filter: Parameters<typeof selectReference>[1]) =>
      selectReference(shippedReference(shipped), filter).entries.map(({ definition }) => definition.code);
    expect(codes({ codes: ['gdp', 'hotline_requests'] }).sort()).toEqual(['gdp', 'hotline_requests']);
    expect(codes({ domains: ['gov_service'], kinds: ['aggregated'], codes: ['gdp'] })).toEqual([]);
    const some = [
      sample.aggregated({ code: 'counted' }),
      sample.aggregated({ code: 'lost', dataset: 'nowhere' }),
    ];
    const { entries } = selectReference(shippedReference(some), { computable: true });
    expect(entries.map(({ definition }) => definition.code)).toEqual(['counted']);
  });

  it('is never short in silence', () => {
    expect(() => selectReference(shippedReference(shipped), { codes: ['gdp', 'no_such'] })).toThrow(
      'no_such',
    );
  });

  it('needs the right to read definitions, and stays within the domains of the reader', () => {
    const registry = registryOf(
      [sample.reported({ code: 'a' }), sample.reported({ code: 'b', domain: 'energy' })].map(
        (definition) => ({
          definition,
          version: 4,
          hash: 'h',
          effectiveFromMs: 0,
          countings: [{ version: 4, fromMs: 0 }],
        }),
      ),
    );
    expect(() => readReference({ registry, actor: actorOf('leader') })).toThrow('无权');
    expect(readReference({ registry, actor: actorOf('auditor', { domains: ['energy'] }) })).toMatchObject([
      { definition: { code: 'b' }, version: 4 },
    ]);
  });
});
