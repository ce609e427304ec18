'use client';

import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useState } from 'react';
import css from '@/components/console/console.module.css';
import { DefinitionTable } from '@/components/console/DefinitionTable';
import { ALL, type DefinitionFilter, matching } from '@/components/console/definition-filter';
import { Field } from '@/components/console/Field';
import { OfferedNote } from '@/components/console/OfferedNote';
import { PageHead } from '@/components/console/PageHead';
import { QueryView } from '@/components/console/QueryView';
import { DEFINITION_STATES } from '@/components/console/words';
import { useTRPC } from '@/components/trpc/client';
import { KIND_ZH } from '@/metrics/format/definition-words';
import { DOMAIN_TITLES } from '@/metrics/model/definition-vocabulary';

const choices = (words: Readonly<Record<string, string>>) => [
  { value: ALL, label: '全部' },
  ...Object.entries(words).map(([value, label]) => ({ value, label })),
];
const DOMAIN_CHOICES = choices(DOMAIN_TITLES);
const KIND_CHOICES = choices(KIND_ZH);
const STATE_CHOICES = choices(
  Object.fromEntries(Object.entries(DEFINITION_STATES).map(([code, { word }]) => [code, word])),
);

export function MetricsPage() {
  const definitions = useQuery(useTRPC().definitions.list.queryOptions());
  const [filter, setFilter] = useState<DefinitionFilter>({ text: '', domain: ALL, kind: ALL, state: ALL });
  const select = (name: 'domain' | 'kind' | 'state', label: string, options: typeof DOMAIN_CHOICES) => (
    <Field label={label}>
      {(id) => (
        <Select
          id={id}
          value={filter[name]}
          options={options}
          onChange={(value) => setFilter({ ...filter, [name]: value })}
          style={{ minWidth: 128 }}
        />
      )}
    </Field>
  );
  return (
    <>
      <PageHead title="指标口径" about="登记在册的全部指标。本版只读:修改口径须另行发布新版本。" />
      <div className={css.panel}>
        <search className={css.filters}>
          <Field label="查找">
            {(id) => (
              <Input
                id={id}
                allowClear
                placeholder="名称、代码或部门"
                value={filter.text}
                onChange={(event) => setFilter({ ...filter, text: event.target.value })}
                style={{ width: 220 }}
              />
            )}
          </Field>
          {select('domain', '领域', DOMAIN_CHOICES)}
          {select('kind', '类型', KIND_CHOICES)}
          {select('state', '状态', STATE_CHOICES)}
        </search>
        <QueryView query={definitions}>
          {(rows) => (
            <>
              <OfferedNote rows={rows} />
              <DefinitionTable rows={matching(rows, filter)} total={rows.length} />
            </>
          )}
        </QueryView>
      </div>
    </>
  );
}
