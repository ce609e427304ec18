import { z } from 'zod';
import { closestName } from './closest-name';
import { type MetricDefinition, metricDefinitionSchema } from './definition';
import type { MemberPath } from './yaml-place';

export type ProblemKind =
  | 'yaml_syntax'
  | 'no_definition'
  | 'missing_member'
  | 'unknown_member'
  | 'wrong_type'
  | 'wrong_value';

/** What is wrong with one member of what was written as a definition. */
export interface MemberProblem {
  kind: ProblemKind;
  path: MemberPath;
  /** Chinese. */
  message: string;
  /** What to write instead. */
  proposal?: string;
}

export type ReadEntry = { definition: MetricDefinition } | { problems: MemberProblem[] };

/** Reads one definition; every problem is reported, each unknown member as one. */
export function readEntry(entry: unknown): ReadEntry {
  const known = new Map<string, readonly string[]>();
  const result = metricDefinitionSchema.safeParse(entry, {
    reportInput: true,
    error: (issue) => {
      if (issue.code === 'unrecognized_keys') known.set(issue.keys.join(), membersOf(issue.inst));
      return wordsOf(issue) ?? z.locales.zhCN().localeError(issue);
    },
  });
  if (result.success) return { definition: result.data };
  return {
    problems: result.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownMember(issue.path, key, known.get(issue.keys.join()) ?? []))
        : [problemOf(issue)],
    ),
  };
}

function unknownMember(parent: readonly PropertyKey[], key: string, known: readonly string[]): MemberProblem {
  const where = parent.length === 0 ? '口径' : `“${parent.map(String).join('.')}”`;
  const near = closestName(key, known);
  return {
    kind: 'unknown_member',
    path: pathOf([...parent, key]),
    message: `${where}没有成员“${key}”${near === undefined ? `,可用的有 ${known.join('、')}` : ''}`,
    ...(near !== undefined && { proposal: near }),
  };
}

function problemOf(issue: z.core.$ZodIssue): MemberProblem {
  const base = { path: pathOf(issue.path), message: issue.message };
  if (isAbsent(issue)) return { kind: 'missing_member', ...base };
  if (issue.code === 'invalid_type') return { kind: 'wrong_type', ...base };
  const choices = choicesOf(issue);
  const written = writtenOf(issue);
  const near = choices && typeof written === 'string' ? closestName(written, choices) : undefined;
  return { kind: 'wrong_value', ...base, ...(near !== undefined && { proposal: near }) };
}

function pathOf(path: readonly PropertyKey[]): MemberPath {
  return path.map((step) => (typeof step === 'symbol' ? String(step) : step));
}

/** What the locale leaves unclear; undefined: it may speak. What the schema words itself goes before both. */
function wordsOf(issue: z.core.$ZodRawIssue): string | undefined {
  const choices = choicesOf(issue);
  const among = choices === undefined ? undefined : `应为 ${choices.join('、')} 之一`;
  if (isAbsent(issue))
    return `缺少成员“${String(issue.path?.at(-1) ?? '')}”${among === undefined ? expectedZh(issue) : `,${among}`}`;
  const found = `写的是${valueZh(writtenOf(issue))}`;
  if (among !== undefined) return `${among},${found}`;
  switch (issue.code) {
    case 'invalid_type':
      return `应为${typeZh(issue.expected)},${found}`;
    case 'too_small':
      return sizeZh(issue.origin, Number(issue.minimum), '至少', issue.inclusive ? '不小于' : '大于', found);
    case 'too_big':
      return sizeZh(issue.origin, Number(issue.maximum), '至多', issue.inclusive ? '不大于' : '小于', found);
    case 'invalid_format':
      return issue.format === 'date' ? `应为日期,如 2026-03-01,${found}` : undefined;
    case 'invalid_union':
      // The only choice of forms without a member that decides: an argument of a named function.
      return `应为文本、数字、true 或 false,${found}`;
    case 'invalid_key':
      return `名称${issue.issues[0]?.message ?? '有误'}`;
    default:
      return undefined;
  }
}

function sizeZh(origin: string, limit: number, count: string, order: string, found: string): string {
  if (origin === 'string') return limit === 1 ? '不能为空' : `${count} ${limit} 个字符`;
  return origin === 'array' ? `${count} ${limit} 项,${found}` : `应${order} ${limit},${found}`;
}

const TYPE_ZH: Readonly<Record<string, string>> = {
  string: '文本',
  number: '数字',
  int: '整数',
  boolean: ' true 或 false',
  array: '列表',
  tuple: '列表',
  object: '一组“成员: 值”',
  record: '一组“名称: 值”',
};

function typeZh(expected: string): string {
  return TYPE_ZH[expected] ?? expected;
}

function expectedZh(issue: z.core.$ZodRawIssue): string {
  return issue.code === 'invalid_type' ? `,应为${typeZh(issue.expected)}` : '';
}

const LONGEST_SHOWN = 40;

function valueZh(value: unknown): string {
  if (value === null || value === undefined) return '空值';
  if (Array.isArray(value)) return `有 ${value.length} 项的列表`;
  if (typeof value === 'object') return `一组“成员: 值”`;
  if (typeof value !== 'string') return ` ${String(value)}`;
  return `文本“${value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value}”`;
}

type AnyIssue = z.core.$ZodIssue | z.core.$ZodRawIssue;

/** The words of a closed vocabulary; undefined where there is none. */
function choicesOf(issue: AnyIssue): string[] | undefined {
  if (issue.code === 'invalid_value') return (issue.values as readonly unknown[]).map(String);
  if (issue.code !== 'invalid_union' || !('options' in issue)) return undefined;
  return (issue.options as readonly unknown[]).map(String);
}

/** What stands at the place; of a choice between forms the member that decides. */
function writtenOf(issue: AnyIssue): unknown {
  const { input } = issue;
  const decides =
    issue.code === 'invalid_union' && 'discriminator' in issue ? issue.discriminator : undefined;
  if (typeof decides !== 'string') return input;
  return typeof input === 'object' && input !== null && Object.hasOwn(input, decides)
    ? (input as Record<string, unknown>)[decides]
    : undefined;
}

function isAbsent(issue: AnyIssue): boolean {
  return ['invalid_type', 'invalid_value', 'invalid_union'].includes(issue.code ?? '')
    ? writtenOf(issue) === undefined
    : false;
}

function membersOf(schema: unknown): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}
