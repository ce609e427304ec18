'use client';

import { Input, Select } from 'antd';
import type { AuditFilter } from './audit-filter';
import { ACTION_OPTIONS } from './audit-words';
import css from './console.module.css';
import { Field } from './Field';
import { AUDIT_OUTCOMES } from './words';

const OUTCOME_OPTIONS = [
  { value: '', label: '全部' },
  ...Object.entries(AUDIT_OUTCOMES).map(([value, { word }]) => ({ value, label: word })),
];

interface Props {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}

export function AuditFilters({ filter, onChange }: Props) {
  const time = (name: 'from' | 'to', label: string) => (
    <Field label={label}>
      {(id) => (
        <Input
          id={id}
          type="datetime-local"
          value={filter[name]}
          onChange={(event) => onChange({ ...filter, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <search className={css.filters}>
      <Field label="操作者或对象编号">
        {(id) => (
          <Input
            id={id}
            allowClear
            value={filter.search}
            maxLength={100}
            onChange={(event) => onChange({ ...filter, search: event.target.value })}
            style={{ width: 180 }}
          />
        )}
      </Field>
      <Field label="动作">
        {(id) => (
          <Select
            id={id}
            showSearch={{ optionFilterProp: 'label' }}
            value={filter.action}
            options={ACTION_OPTIONS}
            onChange={(action) => onChange({ ...filter, action })}
            style={{ minWidth: 160 }}
          />
        )}
      </Field>
      <Field label="结果">
        {(id) => (
          <Select<AuditFilter['outcome']>
            id={id}
            value={filter.outcome}
            options={OUTCOME_OPTIONS as { value: AuditFilter['outcome']; label: string }[]}
            onChange={(outcome) => onChange({ ...filter, outcome })}
            style={{ minWidth: 90 }}
          />
        )}
      </Field>
      {time('from', '从')}
      {time('to', '到')}
    </search>
  );
}
