import { describe, expect, it } from 'vitest';
import type { Expression } from './ast';
import { namesIn } from './ast';
import { MAX_LENGTH, MAX_TOKENS } from './lexer';
import { MAX_DEPTH, MAX_ITEMS, parseExpression } from './parser';

/** The tree as fully bracketed text, so that a test shows what binds to what. */
function tree(node: Expression): string {
  switch (node.type) {
    case 'number':
    case 'date':
    case 'datetime':
      return node.text;
    case 'string':
      return `'${node.value}'`;
    case 'boolean':
      return String(node.value);
    case 'name':
      return node.name;
    case 'call':
      return `${node.name}[${node.args.map(tree).join(' ')}]`;
    case 'unary':
      return `(${node.op} ${tree(node.operand)})`;
    case 'binary':
      return `(${tree(node.left)} ${node.op} ${tree(node.right)})`;
    case 'in':
      return `(${tree(node.operand)} ${node.negated ? 'not ' : ''}in ${node.items.map(tree).join(' ')})`;
    case 'between':
      return `(${tree(node.operand)} ${node.negated ? 'not ' : ''}between ${tree(node.low)} ${tree(node.high)})`;
    case 'is_null':
      return `(${tree(node.operand)} is ${node.negated ? 'not ' : ''}null)`;
    default:
      return node.type;
  }
}

const good = (text: string) => {
  const parsed = parseExpression(text);
  expect(parsed.findings).toEqual([]);
  return tree(parsed.ast);
};

describe('precedence: or < and < not < comparison < + − < * / < sign', () => {
  it.each([
    ['a + b * c', '(a + (b * c))'],
    ['a - b - c', '((a - b) - c)'],
    ['a / b * c', '((a / b) * c)'],
    ['-a * b', '((- a) * b)'],
    ['a or b and not c = 1', '(a or (b and (not (c = 1))))'],
    ['(a or b) and c', '((a or b) and c)'],
    ['x between 1 and 2 and y', '((x between 1 2) and y)'],
    ['x not between 1 and 2', '(x not between 1 2)'],
    ["c in ('web', 'app')", "(c in 'web' 'app')"],
    ["c NOT IN ('web')", "(c not in 'web')"],
    ['x is null or x is not null', '((x is null) or (x is not null))'],
    ['a != 1', '(a <> 1)'],
    ['lag_y(gdp, 1) / gdp', '(lag_y[gdp 1] / gdp)'],
    ['period_end()', 'period_end[]'],
    ['d >= @2026-03-01', '(d >= 2026-03-01)'],
    ['t < @2026-03-01T08:00', '(t < 2026-03-01T08:00)'],
    ['1.50 + .5 + 1e4', '((1.50 + .5) + 1e4)'],
  ])('%s', (text, expected) => {
    expect(good(text)).toBe(expected);
  });

  it('keeps the text of a doubled quote as one quote', () => {
    expect(parseExpression("a = 'it''s'").ast).toMatchObject({ right: { value: "it's" } });
  });

  it('says where each part stands in the source', () => {
    const { ast } = parseExpression('gdp / (a + b)');
    expect(ast).toMatchObject({ start: 0, end: 12, right: { start: 7, end: 12 } });
  });
});

describe('findings: all at once, each with its place', () => {
  const findings = (text: string) =>
    parseExpression(text).findings.map((f) => [f.code, text.slice(f.start, f.end), f.proposal]);

  it('reports two slips of one text together', () => {
    expect(findings('a == 1 && b < 2')).toEqual([
      ['syntax', '==', '='],
      ['syntax', '&&', 'and'],
    ]);
  });

  it.each([
    ['a >', [['syntax', '', undefined]]],
    ['', [['syntax', '', undefined]]],
    ['(a + b', [['syntax', '(', ')']]],
    ['a b', [['syntax', 'b', undefined]]],
    ['a + b)', [['syntax', ')', undefined]]],
    ['1 < x < 2', [['syntax', '<', '用 and 连接两个比较,或写 between … and …']]],
    ['x in ()', [['syntax', '(', undefined]]],
    ["x = 'open", [['bad_string', "'open", "在末尾补 '"]]],
    ['x >= 95%', [['bad_number', '95%', '95']]],
    ['x = 12abc', [['bad_number', '12abc', undefined]]],
    ['d = @2026-02-30', [['bad_date', '@2026-02-30', undefined]]],
    ['d = @2026-02-01T25:00', [['bad_date', '@2026-02-01T25:00', undefined]]],
    ['a \uff1e 1', [['bad_character', '\uff1e', '>']]],
    [
      '\uff08a\uff09 \u2265 1',
      [
        ['bad_character', '\uff08', '('],
        ['bad_character', '\uff09', ')'],
        ['bad_character', '\u2265', '>='],
      ],
    ],
    ['c = “web”', [['bad_character', '“web”', "'web'"]]],
    ['x is 3', [['syntax', '3', 'is null']]],
  ])('%s', (text, expected) => {
    expect(findings(text)).toEqual(expected);
  });
});

describe('hostile input ends in findings, quickly, never in an exception', () => {
  const codes = (text: string) => new Set(parseExpression(text).findings.map((f) => f.code));

  it('bounds length', () => {
    expect(codes('a'.repeat(MAX_LENGTH + 1))).toEqual(new Set(['too_long']));
    expect(codes(`${'a'.repeat(MAX_LENGTH)}`)).toEqual(new Set());
  });

  it('bounds the number of words', () => {
    expect(codes('1+'.repeat(MAX_TOKENS))).toContain('too_many');
  });

  it.each(['(', '-', 'not ', 'f(', 'a in (', 'a + ('])('bounds nesting of %s', (opening) => {
    expect(codes(opening.repeat(MAX_DEPTH + 20))).toContain('too_deep');
  });

  it('accepts nesting up to the bound', () => {
    expect(codes(`${'('.repeat(MAX_DEPTH)}a${')'.repeat(MAX_DEPTH)}`)).toEqual(new Set());
  });

  it('bounds the values of a list', () => {
    expect(codes(`a in (${Array.from({ length: MAX_ITEMS + 1 }, (_, i) => i).join(',')})`)).toContain(
      'too_many',
    );
  });

  it.each([
    '1; drop table observation',
    'a /* x */ = 1',
    '`a` = 1',
    'a = {x:String}',
    "a = 'x\u0000y'",
    '../../etc/passwd',
    '$$(id)',
    'a.b = 1',
    'select 1 from system.users',
    'a\u202e = 1',
    '🎈',
    '@@@',
    ',,,',
    '))))((((',
  ])('refuses %j', (text) => {
    expect(parseExpression(text).findings.some((f) => f.severity === 'error')).toBe(true);
  });

  it('never throws, whatever characters come', () => {
    const alphabet = 'ab1.,()<>=!\'"@&|+-*/ \n\u0000%{}[];\\省(”not and in between is null';
    let seed = 20260301;
    const next = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed / 2147483648;
    };
    for (let run = 0; run < 2000; run += 1) {
      const text = Array.from(
        { length: 1 + Math.floor(next() * 40) },
        () => alphabet[Math.floor(next() * alphabet.length)],
      ).join('');
      const parsed = parseExpression(text);
      for (const f of parsed.findings) expect(f.start).toBeLessThanOrEqual(f.end);
      namesIn(parsed.ast);
    }
  });

  it('gives every node in source order, and leaves the tree as it was', () => {
    const { ast } = parseExpression('lag_y(a, 2) - clamp(b, c, d)');
    const before = structuredClone(ast);
    expect(namesIn(ast)).toEqual(['a', 'b', 'c', 'd']);
    expect(ast).toEqual(before);
  });
});
