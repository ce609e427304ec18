let known: boolean | undefined;

/** Whether this browser has what the map is drawn with. Asked once: every context that is tried takes one of few. */
export function canDrawMaps(): boolean {
  known ??= triesWebgl();
  return known;
}

function triesWebgl(): boolean {
  try {
    const context = document.createElement('canvas').getContext('webgl2');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return context !== null;
  } catch {
    return false;
  }
}
