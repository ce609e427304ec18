import { parse } from 'yaml';

/** Open brackets, and characters before a line's first word: real files stay below ten of each. */
const MAX_DEPTH = 200;

/**
 * Reads YAML or JSON of foreign origin. Aliases are refused, because a few bytes could expand to gigabytes; deep
 * nesting is refused before the parser recurses into it, because a stack overflow inside it can end the process.
 * @throws Error with the reason.
 */
export function parseYaml(text: string): unknown {
  if (isDeep(text)) throw new Error('nested too deeply');
  return parse(text, { maxAliasCount: 0, prettyErrors: true, logLevel: 'error' });
}

function isDeep(text: string): boolean {
  let depth = 0;
  let indent = 0;
  let isIndent = true;
  let before = '\n';
  // Tags and anchors may stand before a bracket that opens a list.
  for (const c of text.replace(/[!&][^\s[\]{},]*/g, '')) {
    if (c === '\n' || c === '\r') {
      indent = 0;
      isIndent = true;
    } else if (isIndent && ' \t-?:'.includes(c)) indent += 1;
    else isIndent = false;
    // A bracket after a word is part of a text, as in 区间 [0, 100).
    if ((c === '[' || c === '{') && '\n[{,:-?'.includes(before)) depth += 1;
    if (c === ']' || c === '}') depth = Math.max(0, depth - 1);
    if (depth > MAX_DEPTH || indent > MAX_DEPTH) return true;
    if (c !== ' ' && c !== '\t' && c !== '\r') before = c;
  }
  return false;
}
