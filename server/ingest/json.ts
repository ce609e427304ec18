import type { RejectCode } from '@/server/datasets/reject-titles';
import { AppError } from '@/server/errors';
import { nearest } from './nearest';
import type { RecordSource, SourceRecord } from './records';

const MAX_RECORD_CHARS = 1_000_000;

/**
 * Records of NDJSON (one object a line) or of a JSON array of objects; `names` are all the names a record may carry.
 * @throws AppError `bad_input` when the text ends inside a record or outside its array.
 */
export function openJson(
  chunks: AsyncGenerator<string>,
  format: 'ndjson' | 'json',
  names: readonly string[],
): RecordSource {
  const index = new Map(names.map((name, i) => [name, i]));
  return {
    headers: names,
    headersAreOptional: true,
    batches: async function* () {
      let row = 0;
      const texts = format === 'ndjson' ? lines(chunks) : arrayItems(chunks);
      for await (const batch of texts) {
        yield batch.map((text) => {
          row += 1;
          return recordOf(text, row, index, names);
        });
      }
    },
  };
}

function recordOf(
  text: string,
  row: number,
  index: ReadonlyMap<string, number>,
  names: readonly string[],
): SourceRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { row, fields: [text], headers: ['json'], broken: { code: 'bad_json', reason: '不是 JSON' } };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { row, fields: [text], headers: ['json'], broken: { code: 'bad_json', reason: '不是 JSON 对象' } };
  const fields = new Array<string>(names.length).fill('');
  for (const [name, member] of Object.entries(value)) {
    const at = index.get(name);
    const wrong = problemOf(name, member);
    if (at !== undefined && !wrong) fields[at] = textOf(member);
    else if (!name.startsWith('_')) {
      const near = nearest(name, names);
      const broken = wrong ?? {
        code: 'unknown_column',
        reason: `不认识的列“${name}”${near ? `,是否为 ${near}` : ''}`,
      };
      const given = Object.entries(value);
      return { row, headers: given.map(([key]) => key), fields: given.map(([, one]) => textOf(one)), broken };
    }
  }
  return { row, fields };
}

function problemOf(name: string, member: unknown): { code: RejectCode; reason: string } | undefined {
  if (typeof member === 'object' && member !== null)
    return { code: 'nested', reason: `“${name}”的值是对象或数组,应为一个值` };
  if (typeof member === 'number' && Number.isInteger(member) && !Number.isSafeInteger(member))
    return { code: 'lost_digits', reason: `“${name}”的数字太长,读作 JSON 数会丢失尾数,请写成文本` };
  return undefined;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    // Nested so deeply that it cannot be written again.
    return '…';
  }
}

async function* lines(chunks: AsyncGenerator<string>): AsyncGenerator<string[]> {
  let pending = '';
  let count = 0;
  for await (const chunk of chunks) {
    const parts = (pending + chunk).split('\n');
    pending = parts.pop() ?? '';
    if (pending.length > MAX_RECORD_CHARS) throw tooLong(count + 1);
    const whole = parts.map((line) => line.trim()).filter(Boolean);
    count += whole.length;
    yield whole;
  }
  const last = pending.trim();
  if (last === '') return;
  if (!isJson(last)) throw brokenOff(count + 1);
  yield [last];
}

/** Cuts `[{…},{…}]` into its items by depth, without keeping the array. */
async function* arrayItems(chunks: AsyncGenerator<string>): AsyncGenerator<string[]> {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let item = '';
  let count = 0;
  for await (const chunk of chunks) {
    const items: string[] = [];
    let from = depth >= 2 || (depth === 1 && item !== '') ? 0 : -1;
    for (let i = 0; i < chunk.length; i++) {
      const c = chunk[i];
      if (inString) {
        if (escaped) escaped = false;
        else if (c === '\\') escaped = true;
        else if (c === '"') inString = false;
        continue;
      }
      // What stands beside the array would be lost without a word; another array after it is read on.
      if (depth === 0 && c !== '[' && c?.trim() !== '') throw brokenOff(count + items.length + 1);
      if (c === '"') inString = true;
      const separates = depth === 1 && (c === ',' || c === ']');
      if (separates) {
        if (from >= 0) item += chunk.slice(from, i);
        if (item.trim() !== '') items.push(item.trim());
        item = '';
        from = -1;
      } else if (depth >= 1 && from < 0 && c !== undefined && c.trim() !== '') from = i;
      if (c === '[' || c === '{') depth += 1;
      if (c === ']' || c === '}') depth -= 1;
    }
    if (from >= 0) item += chunk.slice(from);
    if (item.length > MAX_RECORD_CHARS) throw tooLong(count + 1);
    count += items.length;
    yield items;
  }
  if (depth !== 0 || inString || item.trim() !== '') throw brokenOff(count + 1);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function brokenOff(row: number): AppError {
  return new AppError('bad_input', `文件在第 ${row} 条记录中断,不完整;没有写入任何数据`, {
    place: `row ${row}`,
  });
}

function tooLong(row: number): AppError {
  return new AppError('bad_input', `第 ${row} 条记录过长`, { place: `row ${row}` });
}
