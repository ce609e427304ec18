/** Half-open place of a token or node in the source text, in UTF-16 code units. */
export interface Span {
  start: number;
  end: number;
}

export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type ArithmeticOperator = '+' | '-' | '*' | '/';
export type BinaryOperator = ComparisonOperator | ArithmeticOperator | 'and' | 'or';

export type Expression = Span &
  (
    | { type: 'number' /** Decimal text as written, so that no digit is lost. */; text: string }
    | { type: 'string'; value: string }
    | { type: 'date' /** `YYYY-MM-DD` */; text: string }
    | { type: 'datetime' /** `YYYY-MM-DDThh:mm`, Asia/Shanghai. */; text: string }
    | { type: 'boolean'; value: boolean }
    | { type: 'null' }
    | { type: 'name'; name: string }
    | { type: 'call'; name: string; nameSpan: Span; args: Expression[] }
    | { type: 'unary'; op: '-' | 'not'; operand: Expression }
    | { type: 'binary'; op: BinaryOperator; left: Expression; right: Expression }
    | { type: 'in'; negated: boolean; operand: Expression; items: Expression[] }
    | { type: 'between'; negated: boolean; operand: Expression; low: Expression; high: Expression }
    | { type: 'is_null'; negated: boolean; operand: Expression }
    /** A place that could not be read; it has been reported, and stands for any type. */
    | { type: 'error' }
  );

/** Children of a node, left to right. */
export function children(node: Expression): Expression[] {
  switch (node.type) {
    case 'call':
      return node.args;
    case 'unary':
    case 'is_null':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'in':
      return [node.operand, ...node.items];
    case 'between':
      return [node.operand, node.low, node.high];
    default:
      return [];
  }
}

/** Every node, parents before children, in source order. */
export function* walk(node: Expression): Generator<Expression> {
  const pending: Expression[] = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    yield next;
    pending.push(...children(next).toReversed());
  }
}

/** Names (columns or metrics) that an expression reads, each once, in order of first mention. */
export function namesIn(node: Expression): string[] {
  const names = new Set<string>();
  for (const part of walk(node)) if (part.type === 'name') names.add(part.name);
  return [...names];
}
