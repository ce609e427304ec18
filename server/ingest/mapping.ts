import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { parseYaml } from '@/metrics/model/safe-yaml';
import { NUMBER_SENTINELS } from '@/server/datasets/columns';
import type { RejectCode } from '@/server/datasets/reject-titles';
import { AppError } from '@/server/errors';
import { isPlainText } from '@/server/plain-text';
import { readPlaceholder, strip, toHalfWidth } from './cells/clean';

const header = z.string().min(1);

/** How one of our columns is filled from a foreign file. */
const columnMappingSchema = z
  .strictObject({
    /** Foreign header, or several that are joined (with `join`, default a blank) before they are read. */
    from: z.union([header, z.array(header).min(1).max(6)]).optional(),
    join: z.string().max(5).optional(),
    /** Shape of a foreign time, e.g. `YYYYMMDD H`; tokens YYYY MM M DD D HH H mm ss. */
    format: z.string().min(1).max(40).optional(),
    /** Foreign text → our text. A text that is not listed is refused, never passed on. */
    values: z.record(z.string(), z.string()).optional(),
    /** Multiplies the foreign number into our unit: 0.001 for μg/m³ → mg/m³. */
    factor: z.number().positive().optional(),
    /** The same for every row. */
    value: z.string().optional(),
    /** The header may be absent. */
    optional: z.boolean().optional(),
  })
  .refine((one) => (one.from === undefined) !== (one.value === undefined), {
    error: 'give either from or value',
  })
  .refine((one) => !(one.values && one.factor), { error: 'values and factor exclude each other' });

const mappingShape = z.strictObject({
  dataset: z.string().optional(),
  description: z.string().optional(),
  /** Source system, written into source_id of every row. */
  source: z.string().min(1).max(60).optional(),
  /** Our column → foreign header, or the whole rule. Columns not named here are taken from a header of their name. */
  columns: z.record(z.string(), z.union([header, columnMappingSchema])),
  /** Foreign headers that are left out on purpose; any other unknown header stops the load. */
  skip: z.array(header).default([]),
});
export const mappingSchema = mappingShape.refine(isPlainText, { error: '含有空字符或残缺的字符' });
export type Mapping = z.infer<typeof mappingSchema>;
export type ColumnMapping = z.infer<typeof columnMappingSchema>;

/** Reads a mapping file, YAML or JSON. @throws AppError `bad_input` with the member that is wrong. */
export function parseMapping(text: string): Mapping {
  let raw: unknown;
  try {
    raw = parseYaml(text);
  } catch (error) {
    throw new AppError(
      'bad_input',
      `映射文件不是 YAML 或 JSON:${error instanceof Error ? error.message.split('\n', 1)[0] : ''}`,
      {
        place: 'mapping',
      },
    );
  }
  return checkMapping(raw);
}

export function checkMapping(raw: unknown): Mapping {
  const parsed = mappingSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new AppError('bad_input', `映射有误:${issue?.message ?? ''}`, {
    place: ['mapping', ...(issue?.path ?? [])].join('.'),
  });
}

/** The text a rule makes of its foreign texts, before the column's own reading; null when it cannot be made. */
export type Transform = (text: string) => { text: string } | { code: RejectCode; reason: string };

/** @throws AppError `bad_input` when the format has unknown tokens. */
export function transformOf(rule: ColumnMapping): Transform | undefined {
  const { values, format, factor } = rule;
  if (values) {
    const known = new Map(Object.entries(values));
    return (text) => {
      const found = known.get(text.trim());
      return found === undefined
        ? { code: 'unmapped_value', reason: `映射中没有取值“${text}”` }
        : { text: found };
    };
  }
  if (format) return timeTransform(format);
  if (factor !== undefined) return (text) => scaled(text, factor);
  return undefined;
}

type TimePart = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';
const TOKENS: ReadonlyMap<string, [part: TimePart, pattern: string]> = new Map([
  ['YYYY', ['year', '(?<year>\\d{4})']],
  ['MM', ['month', '(?<month>\\d{2})']],
  ['M', ['month', '(?<month>\\d{1,2})']],
  ['DD', ['day', '(?<day>\\d{2})']],
  ['D', ['day', '(?<day>\\d{1,2})']],
  ['HH', ['hour', '(?<hour>\\d{2})']],
  ['H', ['hour', '(?<hour>\\d{1,2})']],
  ['mm', ['minute', '(?<minute>\\d{2})']],
  ['ss', ['second', '(?<second>\\d{2})']],
]);

function timeTransform(format: string): Transform {
  const used = new Set<TimePart>();
  const source = format.replace(/YYYY|MM|M|DD|D|HH|H|mm|ss|[^\w\s]|[A-Za-z]+/g, (token) => {
    const known = TOKENS.get(token);
    if (known) {
      const [part, pattern] = known;
      if (used.has(part))
        throw new AppError('bad_input', `时间格式“${format}”中的“${token}”重复`, { place: 'mapping' });
      used.add(part);
      return pattern;
    }
    if (/[A-Za-z]/.test(token))
      throw new AppError('bad_input', `时间格式“${format}”中的“${token}”不认识`, { place: 'mapping' });
    return `\\${token}`;
  });
  const pattern = new RegExp(`^${source}$`);
  return (text) => {
    const groups = pattern.exec(text.trim())?.groups;
    if (!groups) return { code: 'bad_time', reason: `“${text}”不合时间格式 ${format}` };
    const two = (name: string) => (groups[name] ?? '0').padStart(2, '0');
    const date = `${groups.year}-${two('month')}-${two('day')}`;
    return {
      text: groups.hour === undefined ? date : `${date} ${two('hour')}:${two('minute')}:${two('second')}`,
    };
  };
}

function scaled(raw: string, factor: number): ReturnType<Transform> {
  const text = toHalfWidth(strip(raw)).trim();
  if (readPlaceholder(text)) return { text };
  const plain = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text;
  if (!/^-?\d+(?:\.\d+)?$/.test(plain)) return { code: 'not_a_number', reason: `“${raw}”不是数字` };
  // −999 says "not observed" in every unit.
  const isSentinel = Number(plain) < 0 && NUMBER_SENTINELS.some((one) => one === Number(plain));
  return { text: isSentinel ? plain : new Decimal(plain).times(factor).toFixed() };
}
