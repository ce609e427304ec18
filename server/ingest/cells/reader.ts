import type { DatasetColumn } from '@/metrics/model/dataset';
import type { DatasetEntry } from '@/server/datasets/entry';
import { readPlaceholder, strip } from './clean';
import { numberReader } from './number';
import { regionReader } from './region';
import { type CellReader, type CellResult, missing, problem, value } from './result';
import { booleanReader, choiceReader, textReader } from './text';
import { type TimeLimits, timeReader } from './time';

export interface ReaderOptions {
  entry: DatasetEntry;
  limits: TimeLimits;
  mayLoad: (code: number) => boolean;
}

/** Distinct texts remembered a column: detail data repeat themselves, and a remembered cell costs one look-up. */
const REMEMBERED = 20_000;

/** The whole reading of one column's cells: placeholders, type, limits, default, "may not be empty". */
export function columnReader(column: DatasetColumn, options: ReaderOptions): CellReader {
  const { entry } = options;
  const typed = typedReader(column, options);
  const fallback = entry.defaults[column.name];
  const read = (raw: string): CellResult => {
    const found = readPlaceholder(strip(raw)) ?? typed(raw);
    if (found.problem || found.text !== null) return found;
    if (fallback !== undefined) return value(fallback);
    if (column.nullable || column.name === entry.implied?.column) return found.flag ? found : missing();
    if (found.flag === 'sentinel') return problem('sentinel', `“${raw}”是占位值,此列不得为空`);
    return problem('required', `${column.title}不得为空`);
  };
  return isNumber(column, entry) ? quick(typed, read) : remembering(read);
}

function isNumber(column: DatasetColumn, entry: DatasetEntry): boolean {
  return (
    (column.type === 'integer' || column.type === 'decimal') && column.name !== entry.contract.regionColumn
  );
}

/** Numbers hardly repeat and are cheap to read: a text that begins with a digit is no placeholder. */
function quick(typed: CellReader, read: CellReader): CellReader {
  return (raw) => {
    const first = raw.charCodeAt(0);
    if (first < 48 || first > 57) return read(raw);
    const cell = typed(raw);
    return cell.text === null ? read(raw) : cell;
  };
}

function typedReader(column: DatasetColumn, { entry, limits, mayLoad }: ReaderOptions): CellReader {
  if (column.name === entry.contract.regionColumn) return regionReader(entry.regionLevel, mayLoad);
  switch (column.type) {
    case 'integer':
    case 'decimal':
      return numberReader(column);
    case 'date':
    case 'datetime':
      return timeReader(column, limits, {
        mayBeFuture: entry.mayBeFuture.includes(column.name),
        isLong: entry.longDates?.includes(column.name) ?? false,
      });
    case 'enum':
      return choiceReader(column);
    case 'boolean':
      return booleanReader();
    case 'string':
      return textReader(column);
  }
}

function remembering(read: CellReader): CellReader {
  const known = new Map<string, CellResult>();
  return (raw) => {
    const found = known.get(raw);
    if (found) return found;
    const result = read(raw);
    if (known.size < REMEMBERED && raw.length < 64) known.set(raw, result);
    return result;
  };
}
