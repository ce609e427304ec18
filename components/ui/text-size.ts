/** Below this nothing is read: text stops shrinking with the wall. In CSS the same is `max(12px, …rem)`. */
const MIN_TEXT_PX = 12;

/** A text size of the design, for canvases and for whoever must know how wide words are. */
export function textSize(atDesign: number, k: number): number {
  return Math.max(MIN_TEXT_PX, atDesign * k);
}
