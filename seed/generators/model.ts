/** A stretch of time, half open. */
export interface Window {
  fromMs: number;
  toMs: number;
}

export interface GeneratorOptions {
  /** Seed number: the same number gives the same rows. */
  seed: number;
  /** Share of the real volume (1 = as many records as Shanxi has). */
  scale: number;
  /** Nothing later than this instant is known: a ticket closed afterwards is still open. */
  knownAtMs: number;
  /** Before this instant only the stations of the largest counties report, which keeps a long history small. */
  sparseBeforeMs?: number;
}

/** Writes detail records as CSV in the columns of a dataset's contract. */
export interface Generator {
  dataset: string;
  columns: readonly string[];
  /**
   * CSV lines (each with its line end) of the records that began in the window, in order of time, in blocks of about a
   * day, so that a year is never held in memory.
   */
  rows(options: GeneratorOptions, window: Window): Iterable<string>;
  /** Lines of the records that began or changed in the window: what an hourly delivery carries. */
  changes(options: GeneratorOptions, window: Window): Iterable<string>;
}

export type Cell = string | number | null | undefined;

/** One CSV line. Generated text never holds a comma, quote or line break. */
export function line(cells: readonly Cell[]): string {
  let text = '';
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (i > 0) text += ',';
    if (cell !== null && cell !== undefined) text += cell;
  }
  return `${text}\n`;
}
