'use client';

import { Form, Input, InputNumber } from 'antd';
import type { Domain } from '@/metrics/model/definition-vocabulary';
import { ScopeFields, type ScopeValues } from './ScopeFields';

export interface GrantValues extends ScopeValues {
  name: string;
  /** null: until revoked. */
  validDays: number | null;
}

/** The form's values as the API takes them: no domain chosen is every domain. */
export function grantInput({ name, regions, domains, validDays }: GrantValues) {
  return {
    name,
    regions,
    domains: domains.length > 0 ? (domains as Domain[]) : null,
    validDays: validDays ?? undefined,
  };
}

export function GrantFields({ hint }: { hint: string }) {
  return (
    <>
      <Form.Item name="name" label="名称" rules={[{ required: true, message: '请填写名称' }]}>
        <Input placeholder={hint} autoComplete="off" />
      </Form.Item>
      <ScopeFields />
      <Form.Item name="validDays" label="有效天数" extra="留空为撤销之前一直有效">
        <InputNumber min={1} max={3650} precision={0} style={{ width: '100%' }} />
      </Form.Item>
    </>
  );
}
