'use client';

import { Form, Select, TreeSelect } from 'antd';
import { DOMAIN_TITLES } from '@/metrics/model/definition-vocabulary';
import { childrenOf, PROVINCE_CODE, regionByCode } from '@/metrics/regions/tree';

interface Node {
  value: number;
  title: string;
  children?: Node[];
}

/** Names repeat (城区, 矿区): the code stands beside each. */
function nodeOf(code: number): Node {
  const children = childrenOf(code).map((child) => nodeOf(child.code));
  const title = `${regionByCode(code)?.name ?? ''} ${code}`;
  return children.length > 0 ? { value: code, title, children } : { value: code, title };
}

const REGION_TREE = [nodeOf(PROVINCE_CODE)];
const DOMAIN_OPTIONS = Object.entries(DOMAIN_TITLES).map(([value, label]) => ({ value, label }));

export interface ScopeValues {
  regions: number[];
  /** Empty in the form: every domain. */
  domains: string[];
}

export const WHOLE_PROVINCE: ScopeValues = { regions: [PROVINCE_CODE], domains: [] };

/** Which regions (each with all below it) and domains someone may read. */
export function ScopeFields() {
  return (
    <>
      <Form.Item
        name="regions"
        label="区划(含其下级)"
        rules={[{ required: true, message: '至少选一个区划' }]}
      >
        <TreeSelect
          multiple
          showSearch={{ treeNodeFilterProp: 'title' }}
          treeData={REGION_TREE}
          treeDefaultExpandedKeys={[PROVINCE_CODE]}
          placeholder="选择区划"
        />
      </Form.Item>
      <Form.Item name="domains" label="领域(不选为全部)">
        <Select mode="multiple" allowClear options={DOMAIN_OPTIONS} placeholder="全部领域" />
      </Form.Item>
    </>
  );
}

/** A scope in words: 太原市、大同市;全部领域. */
export function scopeZh(regions: readonly number[], domains: readonly string[] | null): string {
  const places = regions.map((code) => regionByCode(code)?.name ?? String(code)).join('、');
  const topics =
    domains === null
      ? '全部领域'
      : domains.map((code) => DOMAIN_OPTIONS.find(({ value }) => value === code)?.label ?? code).join('、');
  return `${places};${topics}`;
}
