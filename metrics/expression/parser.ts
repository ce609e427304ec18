import type { BinaryOperator, Expression, Span } from './ast';
import { type ExpressionFinding, finding } from './finding';
import { type Token, tokenize } from './lexer';
import { TokenStream } from './token-stream';

/** Deepest nesting of parentheses, calls and prefix operators. */
export const MAX_DEPTH = 50;
/** Longest value list of an `in`, and most arguments of a call. */
export const MAX_ITEMS = 200;

export interface ParsedExpression {
  /** A tree in every case; unreadable places are `error` nodes, and then `findings` has an error. */
  ast: Expression;
  findings: ExpressionFinding[];
}

/** Reads an expression. Never throws; all findings in order of place. */
export function parseExpression(text: string): ParsedExpression {
  const { tokens, findings } = tokenize(text);
  if (findings.some((one) => one.code === 'too_long'))
    return { ast: { type: 'error', start: 0, end: text.length }, findings };
  const parser = new Parser(new TokenStream(tokens), findings);
  const ast = parser.parseAll();
  findings.sort((a, b) => a.start - b.start || a.end - b.end);
  return { ast, findings };
}

const COMPARISONS: readonly string[] = ['=', '<>', '<', '<=', '>', '>='];

class Parser {
  private depth = 0;
  private tooDeepReported = false;

  constructor(
    private readonly stream: TokenStream,
    private readonly findings: ExpressionFinding[],
  ) {}

  parseAll(): Expression {
    let ast = this.or();
    // After a finding go on behind it, so that a second slip is not hidden by the first.
    while (this.stream.peek().type !== 'end') {
      const extra = this.stream.next();
      this.report(extra, extra.text === ')' ? '多了一个右括号' : `这里不应有“${extra.text}”,可能缺少运算符`);
      if (extra.text === ')' || this.stream.peek().type === 'end') continue;
      const rest = this.or();
      ast = { type: 'error', start: ast.start, end: rest.end };
    }
    return ast;
  }

  private or(): Expression {
    return this.chain(() => this.chain(() => this.not(), ['and']), ['or']);
  }

  private not(): Expression {
    if (!this.stream.isWord('not')) return this.predicate();
    const start = this.stream.next().start;
    const operand = this.nested(() => this.not());
    return { type: 'unary', op: 'not', operand, start, end: operand.end };
  }

  private predicate(): Expression {
    const operand = this.sum();
    const token = this.stream.peek();
    if (token.type === 'symbol' && COMPARISONS.includes(token.text)) {
      this.stream.next();
      const right = this.sum();
      this.refuseChainedComparison();
      return binary(token.text as BinaryOperator, operand, right);
    }
    if (this.stream.isWord('is')) return this.isNull(operand);
    const negated = this.stream.isWord('not') && this.stream.isWord(['in', 'between'], 1);
    if (negated) this.stream.next();
    if (this.stream.isWord('in')) return this.inList(operand, negated);
    if (this.stream.isWord('between')) return this.between(operand, negated);
    return operand;
  }

  private refuseChainedComparison(): void {
    const token = this.stream.peek();
    if (token.type !== 'symbol' || !COMPARISONS.includes(token.text)) return;
    this.report(token, '比较不能连写', '用 and 连接两个比较,或写 between … and …');
    this.stream.next();
    this.sum();
  }

  private isNull(operand: Expression): Expression {
    this.stream.next();
    const negated = this.stream.isWord('not');
    if (negated) this.stream.next();
    const token = this.stream.peek();
    if (!this.stream.isWord('null')) this.report(token, 'is 之后只能是 null 或 not null', 'is null');
    if (token.type !== 'symbol') this.stream.next();
    return { type: 'is_null', negated, operand, start: operand.start, end: token.end };
  }

  private inList(operand: Expression, negated: boolean): Expression {
    this.stream.next();
    const open = this.stream.peek();
    if (!this.stream.takeSymbol('(')) {
      this.report(open, 'in 之后要有括号中的取值', "in ('a', 'b')");
      return { type: 'error', start: operand.start, end: open.start };
    }
    const { items, end } = this.list(open);
    if (items.length === 0) this.report(open, 'in 的取值不能为空');
    return { type: 'in', negated, operand, items, start: operand.start, end };
  }

  private between(operand: Expression, negated: boolean): Expression {
    this.stream.next();
    const low = this.sum();
    const word = this.stream.peek();
    if (this.stream.isWord('and')) this.stream.next();
    else this.report(word, 'between 之后要写“下限 and 上限”', 'and');
    const high = this.sum();
    return { type: 'between', negated, operand, low, high, start: operand.start, end: high.end };
  }

  private sum(): Expression {
    return this.chain(() => this.product(), ['+', '-']);
  }

  private product(): Expression {
    return this.chain(() => this.unary(), ['*', '/']);
  }

  private unary(): Expression {
    const token = this.stream.peek();
    if (token.type !== 'symbol' || (token.text !== '-' && token.text !== '+')) return this.primary();
    this.stream.next();
    const operand = this.nested(() => this.unary());
    if (token.text === '+') return operand;
    return { type: 'unary', op: '-', operand, start: token.start, end: operand.end };
  }

  private primary(): Expression {
    const token = this.stream.peek();
    const span: Span = { start: token.start, end: token.end };
    switch (token.type) {
      case 'number':
        this.stream.next();
        return { type: 'number', text: token.text, ...span };
      case 'string':
        this.stream.next();
        return { type: 'string', value: token.text, ...span };
      case 'date':
      case 'datetime':
        this.stream.next();
        return { type: token.type, text: token.text, ...span };
      case 'name':
        this.stream.next();
        return this.stream.isSymbol('(')
          ? this.call(token.text, span)
          : { type: 'name', name: token.text, ...span };
      case 'keyword':
        return this.literalWord(token);
      default:
        return this.stream.isSymbol('(') ? this.parenthesis() : this.missing(token);
    }
  }

  private literalWord(token: Token): Expression {
    const span: Span = { start: token.start, end: token.end };
    if (token.text === 'null' || token.text === 'true' || token.text === 'false') {
      this.stream.next();
      return token.text === 'null'
        ? { type: 'null', ...span }
        : { type: 'boolean', value: token.text === 'true', ...span };
    }
    return this.missing(token);
  }

  private parenthesis(): Expression {
    const open = this.stream.next();
    const inner = this.nested(() => this.or());
    const close = this.stream.peek();
    if (!this.stream.takeSymbol(')')) this.report(close.type === 'end' ? open : close, '括号没有结束', ')');
    return inner;
  }

  private call(name: string, nameSpan: Span): Expression {
    const open = this.stream.next();
    const { items, end } = this.list(open);
    return { type: 'call', name, nameSpan, args: items, start: nameSpan.start, end };
  }

  /** Items up to the closing parenthesis; the opening one has been taken. */
  private list(open: Token): { items: Expression[]; end: number } {
    const items: Expression[] = [];
    if (!this.stream.isSymbol(')')) {
      do items.push(this.nested(() => this.or()));
      while (this.stream.takeSymbol(','));
    }
    const close = this.stream.peek();
    if (!this.stream.takeSymbol(')'))
      this.report(close.type === 'end' ? open : close, '括号没有结束或缺少逗号', ')');
    if (items.length > MAX_ITEMS) {
      this.findings.push(
        finding('too_many', { start: open.start, end: close.end }, `列出的值超过 ${MAX_ITEMS} 个`),
      );
    }
    return { items, end: close.end };
  }

  private missing(token: Token): Expression {
    this.report(token, token.type === 'end' ? '表达式没有写完' : `“${token.text}”之前缺少一个值`);
    return { type: 'error', start: token.start, end: token.start };
  }

  private chain(operand: () => Expression, operators: readonly string[]): Expression {
    let left = operand();
    for (let token = this.stream.peek(); this.isOneOf(token, operators); token = this.stream.peek()) {
      this.stream.next();
      left = binary(token.text as BinaryOperator, left, operand());
    }
    return left;
  }

  private isOneOf(token: Token, operators: readonly string[]): boolean {
    return (token.type === 'symbol' || token.type === 'keyword') && operators.includes(token.text);
  }

  /** Bounds recursion: hostile nesting must end in a finding, not in a stack overflow. */
  private nested(read: () => Expression): Expression {
    if (this.depth >= MAX_DEPTH) return this.tooDeep();
    this.depth += 1;
    const result = read();
    this.depth -= 1;
    return result;
  }

  private tooDeep(): Expression {
    const start = this.stream.peek().start;
    if (!this.tooDeepReported) {
      this.tooDeepReported = true;
      this.findings.push(finding('too_deep', { start, end: start + 1 }, `嵌套超过 ${MAX_DEPTH} 层`));
    }
    this.stream.toEnd();
    return { type: 'error', start, end: start };
  }

  private report(token: Token, message: string, proposal?: string): void {
    if (this.tooDeepReported) return;
    this.findings.push(finding('syntax', token, message, proposal));
  }
}

function binary(op: BinaryOperator, left: Expression, right: Expression): Expression {
  return { type: 'binary', op, left, right, start: left.start, end: right.end };
}
