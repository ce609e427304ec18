import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DatasetColumn } from '@/metrics/model/dataset';
import { compileRules } from '@/server/ingest/rule';
import { allDatasets, getDataset } from './registry';
import { hasUsccCheckDigit, usccCheckCharacter } from './uscc';

const MIGRATIONS = path.resolve('server/warehouse/migrations');
const COMMON = [
  'source_id LowCardinality(String)',
  'batch_id UUID',
  'row_number UInt32',
  'row_key String',
  'row_hash UInt128',
  'version UInt64',
  'is_deleted UInt8',
  'is_demo UInt8',
  "ingest_ts DateTime64(3, 'Asia/Shanghai')",
  'dq_flags Array(LowCardinality(String))',
];

/** Columns that later migrations added to a table, in order. */
function addedTo(name: string): { after: string; column: string }[] {
  const added = new RegExp(`^ALTER TABLE ${name} .*ADD COLUMN IF NOT EXISTS (.*) AFTER (\\w+);$`, 'gm');
  return fs.readdirSync(MIGRATIONS).flatMap((file) =>
    [...fs.readFileSync(path.join(MIGRATIONS, file), 'utf8').matchAll(added)].map(([, column, after]) => ({
      column: column ?? '',
      after: after ?? '',
    })),
  );
}

function migrationOf(name: string) {
  const file = fs.readdirSync(MIGRATIONS).find((one) => one.slice(5) === `${name}.sql`);
  const text = fs.readFileSync(path.join(MIGRATIONS, file ?? ''), 'utf8');
  const body = /\n\(\n(.*?)\n\)\n/s.exec(text)?.[1] ?? '';
  const columns = body.split('\n').map((line) => line.trim().replace(/,$/, ''));
  for (const { after, column } of addedTo(name)) {
    const place = columns.findIndex((line) => line.startsWith(`${after} `));
    columns.splice(place + 1, 0, column);
  }
  const keyOf = (clause: string) => new RegExp(`^${clause} (.*?);?$`, 'm').exec(text)?.[1] ?? '';
  return { columns, order: keyOf('ORDER BY'), partition: keyOf('PARTITION BY') };
}

/** Engine types that can hold every value the contract lets through. */
function mayHold(column: DatasetColumn, type: string): boolean {
  const inner = /^Nullable\((.*)\)$/.exec(type)?.[1];
  if ((inner !== undefined) !== column.nullable) return false;
  const bare = inner ?? type;
  switch (column.type) {
    case 'string':
    case 'enum':
      return bare === 'String' || bare === 'LowCardinality(String)';
    case 'boolean':
      return bare === 'UInt8';
    case 'datetime':
      return bare === "DateTime('Asia/Shanghai')";
    case 'date':
      return bare === 'Date' || bare === 'Date32';
    case 'integer': {
      const bits = Number(/^UInt(\d+)$/.exec(bare)?.[1] ?? 0);
      return (column.min ?? -1) >= 0 && (column.max ?? Number.POSITIVE_INFINITY) < 2 ** bits;
    }
    case 'decimal': {
      const [, digits, scale] = /^Decimal\((\d+), (\d+)\)$/.exec(bare) ?? [];
      const room = 10 ** (Number(digits) - Number(scale));
      return Number(scale) === column.scale && (column.max ?? 0) < room;
    }
  }
}

describe.each(allDatasets().map((entry) => [entry.contract.name, entry] as const))('%s', (name, entry) => {
  const { contract } = entry;
  const migration = migrationOf(name);
  const names = contract.columns.map((column) => column.name);

  it('has a table with the columns of its contract, wide enough, then the common ones', () => {
    const own = migration.columns.slice(0, names.length);
    expect(own.map((line) => line.split(' ')[0])).toEqual(names);
    expect(migration.columns.slice(names.length)).toEqual(COMMON);
    const unfit = contract.columns.filter(
      (column, i) => !mayHold(column, (own[i] ?? '').slice(column.name.length + 1)),
    );
    expect(unfit.map((column) => column.name)).toEqual([]);
  });

  it('places rows by its key and the columns it declares as placement, by nothing else', () => {
    const placing = `${migration.order} ${migration.partition}`.match(/[a-z_0-9]+/g) ?? [];
    const columns = [...new Set(placing.filter((word) => names.includes(word)))];
    expect(columns.filter((column) => !contract.key.includes(column)).sort()).toEqual(
      [...entry.placement].sort(),
    );
    for (const column of contract.key) expect(migration.order).toMatch(new RegExp(`\\b${column}\\b`));
  });

  it('speaks of its own columns only, and its rules are sound', () => {
    const mentioned = [
      ...contract.key,
      contract.businessTime,
      contract.regionColumn,
      ...contract.dims,
      ...entry.placement,
      ...entry.mayBeFuture,
      ...Object.keys(entry.defaults),
      ...(entry.implied ? [entry.implied.column] : []),
    ];
    expect(mentioned.filter((column) => !names.includes(column))).toEqual([]);
    expect(compileRules(contract)).toHaveLength(contract.rules.length);
    const nullableKeys = contract.columns.filter((one) => contract.key.includes(one.name) && one.nullable);
    expect(nullableKeys).toEqual([]);
  });
});

describe('registry', () => {
  it('names the datasets there are when one is unknown', () => {
    expect(() => getDataset('nope')).toThrow(/official_figure.*air_quality_hour/);
  });
});

describe('unified social credit code', () => {
  it('has the check character of GB 32100-2015, whose own example is 91350100M000100Y43', () => {
    expect(usccCheckCharacter('91350100M000100Y4')).toBe('3');
    expect(hasUsccCheckDigit('91350100M000100Y43')).toBe(true);
    expect(hasUsccCheckDigit('91350100M000100Y44')).toBe(false);
  });
});
