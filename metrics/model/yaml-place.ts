import { type Document, isMap, isNode, isScalar, isSeq, type LineCounter, type Node, Scalar } from 'yaml';

/** A place in a text as editors count it: both from 1, columns in UTF-16 units. */
export interface Place {
  line: number;
  column: number;
}

export type MemberPath = readonly (string | number)[];

/** Where the members of a document stand in its text. */
export interface Places {
  /**
   * Where the value of a member begins; of one that is not there, what it should stand in. `startIndex` is a place inside
   * the value's text, which is found in plain and quoted texts of one line; of others it is where the text begins.
   */
  of(path: MemberPath, startIndex?: number): Place;
  /** Where the name of a member begins. */
  ofName(path: MemberPath): Place;
}

export function placesOf(document: Document, text: string, lines: LineCounter): Places {
  const at = (offset: number) => placeOfOffset(lines, offset);
  return {
    of: (path, startIndex = 0) => {
      const node = nearestNode(document, path);
      return at(startOf(node) + (node === null ? 0 : offsetWithin(node, text, startIndex)));
    },
    ofName: (path) => {
      const parent = nearestNode(document, path.slice(0, -1));
      const pair = isMap(parent) ? parent.items.find(({ key }) => isNamed(key, path.at(-1))) : undefined;
      return at(startOf(isNode(pair?.key) ? pair.key : parent));
    },
  };
}

export function placeOfOffset(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** The node at a path, or the last one on the way that is there; null in an empty document. */
function nearestNode({ contents }: Document, path: MemberPath): Node | null {
  let node: Node | null = contents;
  for (const step of path) {
    const next = isMap(node)
      ? node.items.find(({ key }) => isNamed(key, step))?.value
      : isSeq(node)
        ? node.items[Number(step)]
        : undefined;
    if (!isNode(next)) break;
    node = next;
  }
  return node;
}

function isNamed(key: unknown, name: string | number | undefined): boolean {
  return isScalar(key) && String(key.value) === String(name);
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

/** How a character that a quoted text cannot hold as it is stands in it. */
const QUOTED: Readonly<Record<string, { quote: string; escaped: string }>> = {
  [Scalar.QUOTE_SINGLE]: { quote: "'", escaped: "''" },
  [Scalar.QUOTE_DOUBLE]: { quote: '"', escaped: '\\"' },
};

/** Distance from the beginning of a node to a place in its value; 0 where the text is not written as it is read. */
function offsetWithin(node: Node, text: string, index: number): number {
  if (!isScalar(node) || typeof node.value !== 'string' || !node.range || index === 0) return 0;
  const [start, end] = node.range;
  const written = text.slice(start, end);
  const { value } = node;
  if (node.type === Scalar.PLAIN) return written === value ? index : 0;
  const marks = QUOTED[node.type ?? ''];
  if (marks === undefined) return 0;
  const asWritten = (part: string) => part.replaceAll(marks.quote, marks.escaped);
  return written.slice(1, -1) === asWritten(value) ? 1 + asWritten(value.slice(0, index)).length : 0;
}
