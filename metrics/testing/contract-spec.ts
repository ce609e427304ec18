import type { ColumnType, DatasetColumn, DatasetContract } from '@/metrics/model/dataset';

/** A contract in a few lines, for tests. */
export interface ContractSpec {
  key: readonly string[];
  /** Business time. */
  time: string;
  region?: string;
  /** `name type [unit]`, or `name (values of an enum)`. */
  columns: readonly string[];
  dims?: readonly string[];
}

export function contractOf(name: string, spec: ContractSpec): DatasetContract {
  const { key, time, region = 'region_code', columns, dims = [] } = spec;
  return {
    name,
    title: name,
    version: 1,
    grain: '一行一件',
    columns: [column(`${region} integer`, [region]), ...columns.map((text) => column(text, key))],
    key,
    businessTime: time,
    regionColumn: region,
    latenessDays: 7,
    rules: [],
    owner: '测试',
    classification: 'internal',
    dims,
  };
}

function column(text: string, key: readonly string[]): DatasetColumn {
  const [, name = '', values, type = '', unit] = /^(\w+) (?:\((.*)\)|(\w+)(?: (.+))?)$/.exec(text) ?? [];
  return {
    name,
    title: name,
    description: name,
    nullable: !key.includes(name),
    ...(values === undefined
      ? { type: type as ColumnType }
      : { type: 'enum', enumValues: values.split(' ') }),
    ...(unit === undefined ? {} : { unit }),
  };
}
