export type ThemeMode = 'dark' | 'light';

/** Kept in a cookie, so that the server draws the right one at once. */
export const THEME_COOKIE = 'yiping.theme';

export function themeModeOf(text: string | undefined): ThemeMode {
  return text === 'light' ? 'light' : 'dark';
}
