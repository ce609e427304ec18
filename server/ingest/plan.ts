import type { DatasetColumn } from '@/metrics/model/dataset';
import { COMMON_COLUMNS } from '@/server/datasets/columns';
import type { DatasetEntry } from '@/server/datasets/entry';
import { AppError } from '@/server/errors';
import { type ColumnMapping, type Mapping, type Transform, transformOf } from './mapping';
import { fold, nearest } from './nearest';

/** Where one of our columns comes from in each row. */
export interface ColumnPlan {
  column: DatasetColumn;
  /** Positions in the file; none: the constant, or nothing. */
  from: readonly number[];
  join: string;
  constant?: string;
  transform?: Transform;
}

export interface Plan {
  headers: readonly string[];
  /** The contract's columns, in its order. */
  columns: readonly ColumnPlan[];
  /** source_id, updated_at and is_deleted, in this order. */
  common: readonly ColumnPlan[];
}

export interface PlanOptions {
  /** A record format without a header row lists every name it may carry: absent ones are judged row by row. */
  headersAreOptional?: boolean;
}

/**
 * Fits a file's headers to the contract, through the mapping if there is one.
 * @throws AppError `bad_input`: one clear message for the whole file, naming the headers seen and what was probably meant.
 */
export function makePlan(
  entry: DatasetEntry,
  headers: readonly string[],
  mapping: Mapping | undefined,
  options: PlanOptions = {},
): Plan {
  const names = headers.map((name) => name.trim());
  const positions = positionsOf(names);
  const all = [...entry.contract.columns, ...COMMON_COLUMNS];
  checkMappedColumns(mapping, all);
  const used = new Set<number>();
  const problems: string[] = [];
  const absent: string[] = [];

  const planOf = (column: DatasetColumn): ColumnPlan => {
    const rule = ruleOf(mapping, column);
    if (rule.value !== undefined) return { column, from: [], join: '', constant: rule.value };
    const wanted = typeof rule.from === 'string' ? [rule.from] : (rule.from ?? []);
    const from = wanted.map((name) => positions.get(fold(name)) ?? -1);
    for (const index of from) used.add(index);
    if (from.every((index) => index >= 0))
      return { column, from, join: rule.join ?? ' ', transform: transformOf(rule) };
    const named = mapping?.columns[column.name] !== undefined && rule.optional !== true;
    const known = entry.defaults[column.name] !== undefined || entry.implied?.column === column.name;
    const required = !column.nullable && !known;
    if (named) absent.push(...wanted.filter((_, i) => from[i] === -1));
    else if (required) absent.push(column.name);
    return { column, from: [], join: '' };
  };

  const columns = entry.contract.columns.map(planOf);
  const common = COMMON_COLUMNS.map(planOf);
  const skip = new Set(mapping?.skip.map(fold) ?? []);
  const unknown = names.filter(
    (name, index) => !used.has(index) && !name.startsWith('_') && !skip.has(fold(name)),
  );
  if (absent.length > 0)
    problems.push(`缺少列 ${listed(absent, (name) => hint(name, unknown.slice(0, SHOWN)))}`);
  if (unknown.length > 0)
    problems.push(
      `不认识的表头 ${listed(unknown, (name) =>
        hint(
          name,
          all.map((one) => one.name),
        ),
      )}(请映射或列入 skip)`,
    );
  if (problems.length > 0 && !options.headersAreOptional) {
    throw new AppError('bad_input', `${problems.join(';')};文件的表头是 ${listed(names, short)}`, {
      place: 'header',
      details: { absent, unknown: unknown.slice(0, SHOWN), headers: names.slice(0, SHOWN) },
    });
  }
  return { headers: names, columns, common };
}

function ruleOf(mapping: Mapping | undefined, column: DatasetColumn): ColumnMapping {
  const rule = mapping?.columns[column.name];
  if (typeof rule === 'string') return { from: rule };
  if (rule) return rule;
  if (column.name === 'source_id' && mapping?.source) return { value: mapping.source };
  return { from: column.name };
}

function positionsOf(names: readonly string[]): Map<string, number> {
  const positions = new Map<string, number>();
  names.forEach((name, index) => {
    const key = fold(name);
    if (name === '' || name.startsWith('_')) return;
    if (positions.has(key)) throw new AppError('bad_input', `表头“${name}”出现了两次`, { place: 'header' });
    positions.set(key, index);
  });
  return positions;
}

function checkMappedColumns(mapping: Mapping | undefined, all: readonly DatasetColumn[]): void {
  const known = all.map((column) => column.name);
  for (const name of Object.keys(mapping?.columns ?? {})) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    throw new AppError('bad_input', `映射中的列“${name}”不在数据集中${near ? `,是否为 ${near}` : ''}`, {
      place: `mapping.columns.${name}`,
    });
  }
}

function hint(name: string, candidates: readonly string[]): string {
  const near = nearest(name, candidates);
  return near === undefined || near === name
    ? `“${short(name)}”`
    : `“${short(name)}”(是否为“${short(near)}”)`;
}

/** Any file has fewer columns; what is no table may have a hundred thousand. */
const SHOWN = 60;
const SHOWN_CHARS = 60;

function listed(names: readonly string[], show: (name: string) => string): string {
  const rest = names.length > SHOWN ? ` 等 ${names.length} 个` : '';
  return names.slice(0, SHOWN).map(show).join('、') + rest;
}

function short(name: string): string {
  return name.length > SHOWN_CHARS ? `${name.slice(0, SHOWN_CHARS)}…` : name;
}
