import { LineCounter, parseDocument, visit, type YAMLParseError } from 'yaml';
import { type Place, type Places, placeOfOffset, placesOf } from './yaml-place';
import { yamlErrorZh } from './yaml-words';

/** Open brackets, and characters before a line's first word: real files stay below ten of each. */
const MAX_DEPTH = 200;

export interface YamlProblem {
  /** Chinese. */
  message: string;
  place: Place;
}

/** A text that is no YAML, or uses what is refused; the message is that of its first problem. */
export class YamlError extends Error {
  constructor(readonly problems: readonly [YamlProblem, ...YamlProblem[]]) {
    const [{ place, message }] = problems;
    super(`第 ${place.line} 行第 ${place.column} 列:${message}`);
    this.name = 'YamlError';
  }
}

export interface YamlText {
  value: unknown;
  places: Places;
}

/** @throws YamlError with the reason; see `readYaml`. */
export function parseYaml(text: string): unknown {
  return readYaml(text).value;
}

/**
 * Reads YAML or JSON of foreign origin. Aliases are refused, because a few bytes could expand to gigabytes; deep
 * nesting is refused before the parser recurses into it, because a stack overflow inside it can end the process.
 * @throws YamlError with the problems and their places, up to the first behind which the text cannot be read on.
 */
export function readYaml(text: string): YamlText {
  const lines = linesOf(text);
  const deepAt = tooDeepAt(text);
  if (deepAt !== undefined)
    throw new YamlError([{ message: '嵌套太深', place: placeOfOffset(lines, deepAt) }]);
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'error' });
  const [first, ...more] = telling(document.errors).map((error) => {
    const [at] = error.pos;
    const place = placeOfOffset(lines, at);
    return { message: yamlErrorZh(error, text.slice(at - place.column + 1, at)), place };
  });
  if (first !== undefined) throw new YamlError([first, ...more]);
  const places = placesOf(document, text, lines);
  visit(document, {
    Alias: (_, { source, range }) => {
      const message = `不接受别名“*${source}”,内容要写出来;以“*”开头的文本要加引号`;
      throw new YamlError([{ message, place: placeOfOffset(lines, range?.[0] ?? 0) }]);
    },
  });
  return { value: document.toJS({ maxAliasCount: 0 }), places };
}

/** A member that is there twice is read on behind; any other slip makes errors of what follows it. */
function telling(errors: readonly YAMLParseError[]): YAMLParseError[] {
  const inOrder = errors.toSorted((a, b) => a.pos[0] - b.pos[0]);
  const slip = inOrder.findIndex(({ code }) => code !== 'DUPLICATE_KEY');
  return slip < 0 ? inOrder : inOrder.slice(0, slip + 1);
}

/** Counted here: in what it cannot read the parser counts no lines. */
function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  for (let at = 0; at >= 0; at = text.indexOf('\n', at) + 1 || -1) lines.addNewLine(at);
  return lines;
}

/** Where a text becomes too deep to be given to the parser. */
function tooDeepAt(text: string): number | undefined {
  let depth = 0;
  let indent = 0;
  let isIndent = true;
  let isTag = false;
  let before = '\n';
  for (let at = 0; at < text.length; at += 1) {
    const c = text.charAt(at);
    // Tags and anchors may stand before a bracket that opens a list.
    isTag = c === '!' || c === '&' || (isTag && !/[\s[\]{},]/.test(c));
    if (isTag) continue;
    if (c === '\n' || c === '\r') {
      indent = 0;
      isIndent = true;
    } else if (isIndent && ' \t-?:'.includes(c)) indent += 1;
    else isIndent = false;
    // A bracket after a word is part of a text, as in 区间 [0, 100).
    if ((c === '[' || c === '{') && '\n[{,:-?'.includes(before)) depth += 1;
    if (c === ']' || c === '}') depth = Math.max(0, depth - 1);
    if (depth > MAX_DEPTH || indent > MAX_DEPTH) return at;
    if (c !== ' ' && c !== '\t' && c !== '\r') before = c;
  }
  return undefined;
}
