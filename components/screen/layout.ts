import type { ScreenForm, ScreenLayout } from '@/server/services/screens/types';

/** The layouts as CSS variables; media queries choose, so nothing jumps when the browser takes over. */
export function gridVariables(layouts: Record<ScreenForm, ScreenLayout>): Record<`--${string}`, string> {
  return {
    '--wide-areas': areasText(layouts.wide),
    '--wide-columns': layouts.wide.columns,
    '--wide-rows': layouts.wide.rows,
    '--ultra-areas': areasText(layouts.ultra),
    '--ultra-columns': layouts.ultra.columns,
    '--ultra-rows': layouts.ultra.rows,
  };
}

function areasText({ areas }: ScreenLayout): string {
  return areas.map((row) => `"${row.join(' ')}"`).join(' ');
}

/** Forms in which a panel has a place. */
export function formsOf(
  id: string,
  layouts: Record<ScreenForm, ScreenLayout>,
): { wide: boolean; ultra: boolean } {
  const has = ({ areas }: ScreenLayout) => areas.some((row) => row.includes(id));
  return { wide: has(layouts.wide), ultra: has(layouts.ultra) };
}
