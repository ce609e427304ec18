/** Canonical text of a slice: dimensions in alphabetical order, `;` and `=` percent-encoded inside values. */
export function formatSlice(dims: Readonly<Record<string, string>>): string {
  return Object.keys(dims)
    .sort()
    .map((dim) => `${dim}=${encode(dims[dim] ?? '')}`)
    .join(';');
}

/** Inverse of {@link formatSlice}; throws on text that is not canonical. */
export function parseSlice(text: string): Record<string, string> {
  const dims: Record<string, string> = {};
  if (text === '') return dims;
  for (const part of text.split(';')) {
    const at = part.indexOf('=');
    if (at <= 0) throw new Error(`slice "${text}": "${part}" is not dim=value`);
    dims[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1));
  }
  if (formatSlice(dims) !== text)
    throw new Error(`slice "${text}" is not canonical; expected "${formatSlice(dims)}"`);
  return dims;
}

function encode(value: string): string {
  return value.replace(/[%;=]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
