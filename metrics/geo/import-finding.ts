/** One thing an operator must know about a boundary file. Errors keep it out; warnings were dealt with as said. */
export interface ImportFinding {
  severity: 'error' | 'warning';
  /** Position of the feature in the file, from 0; null when the finding is about the whole file. */
  feature: number | null;
  /** Where in the feature or the options: `adcode`, `geometry.coordinates[0][2]`. */
  property: string;
  /** What is wrong, in Chinese. */
  reason: string;
  /** What to do about it, in Chinese. */
  proposal?: string;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
