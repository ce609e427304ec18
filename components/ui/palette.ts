/** Colours that canvases need as numbers; everything else takes the tokens. */

export const CHOROPLETH = ['#112c4c', '#153e64', '#1b527e', '#236896', '#2f80ae', '#4499c3'] as const;

/** Classes of HJ 633 in the standard's order (绿黄橙红紫褐), toned for a dark ground. */
export const AIR_CLASSES = ['#2f8f6b', '#b5983c', '#c97a35', '#c24a44', '#8a4fa3', '#75283c'] as const;

export const RIM = '#c4ecff';
export const RIM_GLOW = '#4fb3e8';
export const SELECTED = '#f0b45a';
export const NO_DATA = '#15263b';
export const SLAB = '#0d2846';
export const SLAB_UPPER = '#1d4f80';

export const SERIES = ['#4fb3e8', '#45c7b0', '#8e9bef', '#f0b45a'] as const;

export const TEXT = { strong: '#e8f0f8', normal: '#a9bcd0', faint: '#8ba1b8' } as const;
export const GRID_LINE = 'rgba(150,186,222,0.14)';

export type Rgba = [number, number, number, number];

export function rgba(hex: string, alpha = 255): Rgba {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255, alpha];
}

/** The colours of `count` classes: of few classes the well separated ones. */
export function choroplethColours(count: number): string[] {
  if (count <= 1) return [CHOROPLETH[3]];
  return Array.from(
    { length: count },
    (_, index) => CHOROPLETH[Math.round((index * (CHOROPLETH.length - 1)) / (count - 1))] ?? CHOROPLETH[0],
  );
}
