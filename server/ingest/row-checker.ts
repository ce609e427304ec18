import { mayPublishRegion, regionInScope } from '@/server/access/scope';
import type { DataScope } from '@/server/context';
import type { DatasetEntry, Known } from '@/server/datasets/entry';
import { columnReader } from './cells/reader';
import { notCounty } from './cells/region';
import { type CellReader, type CellResult, missing, problem, tsvText } from './cells/result';
import { civilText } from './cells/time';
import type { ColumnPlan, Plan } from './plan';
import { type CompiledRule, compileRules } from './rule';

export interface RowContext {
  entry: DatasetEntry;
  plan: Plan;
  scope: DataScope;
  loadId: string;
  receivedMs: number;
  isDemo: boolean;
  /** Whether the sender's domains admit a metric; absent: all of them are admitted. */
  mayLoadMetric?: (code: string) => boolean;
  /** What is known of the metrics of the registry. */
  known: Known;
}

export interface Rejection {
  column: string;
  code: string;
  /** Every problem of the row; column and code are of the first. */
  reason: string;
}

type Problem = { column: string; code: string; reason: string };

/** A row as a TabSeparated line of the stage, or why it is refused. */
export type CheckedRow = { line: string } | { rejected: Rejection };

/** The stage's columns in the order of {@link makeRowChecker}'s lines. */
export function stageColumns(entry: DatasetEntry): string[] {
  const own = entry.contract.columns.map((column) => column.name);
  return [...own, 'source_id', 'version', 'is_deleted', 'batch_id', 'is_demo', 'row_number', 'dq_flags'];
}

/** A clock of the sender that is a little ahead is no error. */
const FUTURE_TOLERANCE_MS = 10 * 60_000;
const DAY_MS = 86_400_000;

/** Builds the check of one load's rows: everything that does not depend on the row is decided here, once. */
export function makeRowChecker(
  context: RowContext,
): (fields: readonly string[], rowNumber: number) => CheckedRow {
  const { entry, plan, loadId } = context;
  const { contract } = entry;
  const options = {
    entry,
    limits: { latest: civilText(context.receivedMs + FUTURE_TOLERANCE_MS) },
    mayLoad: (code: number) =>
      contract.name === 'official_figure'
        ? mayPublishRegion(context.scope, code)
        : regionInScope(context.scope, code),
  };
  const read = plan.columns.map((one) => cellReader(one, columnReader(one.column, options)));
  const [readSource, readUpdated, readDeleted] = plan.common.map((one) =>
    cellReader(one, columnReader(one.column, options)),
  );
  const rules = compileRules(contract);
  const index = new Map(contract.columns.map((column, i) => [column.name, i]));
  const timeIndex = index.get(contract.businessTime) ?? -1;
  const timeWidth = contract.columns[timeIndex]?.type === 'date' ? 10 : 19;
  const lateBefore = civilText(context.receivedMs - contract.latenessDays * DAY_MS).slice(0, timeWidth);
  const { known, mayLoadMetric } = context;
  const tail = `\t${loadId}\t${context.isDemo ? 1 : 0}\t`;
  const none: CellResult = missing();
  const impliedIndex = index.get(entry.implied?.column ?? '') ?? -1;

  const names = contract.columns.map((column) => column.name);
  let current: readonly (string | null)[] = [];
  let isWithdrawal = false;
  const cellOf = (name: string) =>
    name === 'is_deleted' ? (isWithdrawal ? '1' : '0') : (current[index.get(name) ?? -1] ?? null);
  let flags: string[] = [];
  let problems: Problem[] = [];
  const note = (cell: CellResult, column: string): void => {
    if (cell.flag !== undefined && !flags.includes(cell.flag)) flags.push(cell.flag);
    if (cell.problem) problems.push({ column, ...cell.problem });
  };

  /** Named columns of a row read once more: only what is refused needs to be told in full. */
  const cellsOf = (columns: readonly string[], fields: readonly string[]): ReadCell[] =>
    columns.flatMap((column) => {
      const at = index.get(column) ?? -1;
      const source = plan.columns[at];
      const cell = read[at]?.(fields);
      return source && cell ? [{ column, cell, text: foreignText(source, fields) }] : [];
    });

  // Runs once a row of files with millions of them: no closures and as few objects as possible.
  return (fields, rowNumber) => {
    const row: (string | null)[] = [];
    flags = [];
    problems = [];
    let line = '';
    let impliedAt = -1;
    for (let i = 0; i < read.length; i++) {
      const cell = read[i]?.(fields) ?? none;
      if (cell.flag !== undefined || cell.problem) note(cell, names[i] ?? '');
      row.push(cell.text);
      if (i === impliedIndex && cell.text === null) impliedAt = line.length;
      line += `${cell.tsv}\t`;
    }
    const source = readSource?.(fields) ?? none;
    const updated = readUpdated?.(fields) ?? none;
    const deleted = readDeleted?.(fields) ?? none;
    note(source, 'source_id');
    note(updated, 'updated_at');
    note(deleted, 'is_deleted');
    if (problems.length > 0) return { rejected: rejectionOf(problems) };

    for (const broken of rules) {
      if (broken.holds(row)) continue;
      if (broken.rule.severity === 'flag') flags.push(broken.rule.code);
      else return { rejected: brokenRule(broken, cellsOf(broken.columns, fields)) };
    }
    current = row;
    isWithdrawal = deleted.text === '1';
    if (flags.includes('region_not_county')) {
      if (cellOf('park_code') === null) return { rejected: notCounty(contract, cellOf) };
      flags = flags.filter((flag) => flag !== 'region_not_county');
    }
    const metric = mayLoadMetric ? cellOf('metric') : null;
    if (metric !== null && !mayLoadMetric?.(metric))
      return {
        rejected: {
          column: 'metric',
          code: 'out_of_scope',
          reason: `指标 ${metric} 的领域不在报送者的数据范围内`,
        },
      };
    if (impliedAt >= 0 && entry.implied) {
      const text = entry.implied.of(cellOf, known);
      if (typeof text !== 'string') return { rejected: text };
      row[impliedIndex] = text;
      line = line.slice(0, impliedAt) + tsvText(text) + line.slice(impliedAt + none.tsv.length);
    }
    const beyond = entry.checkRow?.(cellOf, known);
    if (beyond) return { rejected: beyond };
    if (entry.flagsOf) flags.push(...entry.flagsOf(cellOf));
    const time = row[timeIndex];
    if (time && time < lateBefore) flags.push('late');

    const version =
      updated.text === null ? context.receivedMs : Date.parse(`${updated.text.replace(' ', 'T')}+08:00`);
    line += `${source.text === null ? '' : source.tsv}\t${version}\t${deleted.text ?? '0'}${tail}${rowNumber}\t`;
    line += flags.length === 0 ? '[]' : `['${flags.join("','")}']`;
    return { line };
  };
}

function rejectionOf(problems: readonly Problem[]): Rejection {
  const [first] = problems;
  const reason = problems.map((one) => `${one.column}:${one.reason}`).join(';');
  return { column: first?.column ?? '', code: first?.code ?? '', reason };
}

interface ReadCell {
  column: string;
  cell: CellResult;
  /** As the file has it. */
  text: string;
}

/** A placeholder that was taken for "missing" is what a person must look at, not the rule that missed a value. */
function brokenRule({ rule, columns }: CompiledRule, cells: readonly ReadCell[]): Rejection {
  const emptied = cells.find(({ cell }) => cell.text === null && cell.flag !== undefined);
  if (!emptied) return { column: columns[0] ?? '', code: rule.code, reason: rule.message };
  const { column, cell, text } = emptied;
  const code = cell.flag === 'sentinel' ? 'sentinel' : rule.code;
  return { column, code, reason: `“${text}”是占位值,按缺失处理;${rule.message}` };
}

function foreignText({ constant, from, join }: ColumnPlan, fields: readonly string[]): string {
  return constant ?? from.map((i) => (fields[i] ?? '').trim()).join(join);
}

function cellReader(plan: ColumnPlan, read: CellReader): (fields: readonly string[]) => CellResult {
  const { from, constant, join, transform } = plan;
  const [only] = from;
  if (constant !== undefined) {
    const cell = read(constant);
    return () => cell;
  }
  if (only === undefined) {
    const cell = read('');
    return () => cell;
  }
  const raw =
    from.length === 1
      ? (fields: readonly string[]) => fields[only] ?? ''
      : (fields: readonly string[]) => from.map((i) => (fields[i] ?? '').trim()).join(join);
  if (!transform) return (fields) => read(raw(fields));
  const made = new Map<string, CellResult>();
  return (fields) => {
    const text = raw(fields);
    const before = made.get(text);
    if (before) return before;
    const cell = transformed(text, transform, read);
    if (made.size < 20_000) made.set(text, cell);
    return cell;
  };
}

function transformed(
  text: string,
  transform: NonNullable<ColumnPlan['transform']>,
  read: CellReader,
): CellResult {
  if (text.trim() === '') return read('');
  const result = transform(text);
  return 'text' in result ? read(result.text) : problem(result.code, result.reason);
}
