/** Paths of a spark line in a box of 100 × 28; a gap breaks the line, a lone value is a dot. */
export interface SparkShape {
  line: string;
  dots: string;
  last: { x: number; y: number } | null;
}

const WIDTH = 100;
const HEIGHT = 28;
const INSET = 3;

export function sparkShape(values: readonly (string | null)[]): SparkShape {
  const numbers = values.map((value) => (value === null ? null : Number(value)));
  const present = numbers.filter((value) => value !== null);
  if (present.length === 0) return { line: '', dots: '', last: null };
  const low = Math.min(...present);
  const span = Math.max(...present) - low;
  const step = values.length > 1 ? (WIDTH - 2 * INSET) / (values.length - 1) : 0;
  const points = numbers.map((value, index) => {
    if (value === null) return null;
    const share = span === 0 ? 0.5 : (value - low) / span;
    return { x: round(INSET + index * step), y: round(HEIGHT - INSET - share * (HEIGHT - 2 * INSET)) };
  });
  let line = '';
  let dots = '';
  points.forEach((point, index) => {
    if (!point) return;
    const joined = points[index - 1] != null;
    line += `${joined ? 'L' : 'M'}${point.x} ${point.y}`;
    if (!joined && points[index + 1] == null) dots += `M${point.x} ${point.y}h0`;
  });
  return { line, dots, last: points.findLast((point) => point !== null) ?? null };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
