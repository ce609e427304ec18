import { type ThemeConfig, theme } from 'antd';
import type { ThemeMode } from './theme-mode';

/** The tokens of the wall (components/ui/tokens.css) for tables and forms; every pair that is read passes AA. */
const DARK = {
  colorPrimary: '#4fb3e8',
  colorInfo: '#4fb3e8',
  colorLink: '#7cc8f0',
  colorSuccess: '#45c7b0',
  colorWarning: '#f0b45a',
  // The dark algorithm darkens it: what is drawn is about the wall's coral.
  colorError: '#ff8d83',
  colorBgBase: '#0a192b',
  colorBgLayout: '#081423',
  colorBgContainer: '#0f2036',
  colorBgElevated: '#152b45',
  colorText: '#e8f0f8',
  colorTextSecondary: '#b4c5d6',
  colorTextTertiary: '#93a8be',
  colorTextDescription: '#a3b6ca',
  colorTextPlaceholder: '#8ba1b8',
  colorBorder: '#35506e',
  colorBorderSecondary: '#213a56',
};

const LIGHT = {
  colorPrimary: '#0b6aa3',
  colorInfo: '#0b6aa3',
  colorLink: '#0b6aa3',
  colorSuccess: '#0d7565',
  colorWarning: '#8f5700',
  colorError: '#bf3328',
  // Derived from colours this deep they would be murky.
  colorInfoBg: '#e8f2f9',
  colorInfoBorder: '#a5cbe3',
  colorSuccessBg: '#e6f4f1',
  colorSuccessBorder: '#9fd0c6',
  colorWarningBg: '#fdf4e3',
  colorWarningBorder: '#e3c48c',
  colorErrorBg: '#fcecea',
  colorErrorBorder: '#e8aca6',
  colorBgBase: '#ffffff',
  colorBgLayout: '#f1f5f9',
  colorBgContainer: '#ffffff',
  colorBgElevated: '#ffffff',
  colorText: '#10233a',
  colorTextSecondary: '#3c5067',
  colorTextTertiary: '#53667b',
  colorTextDescription: '#4b5f75',
  colorTextPlaceholder: '#63758a',
  colorBorder: '#b8c6d4',
  colorBorderSecondary: '#dde5ed',
};

const INK = '#06101d';

export function antTheme(mode: ThemeMode): ThemeConfig {
  const isDark = mode === 'dark';
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...(isDark ? DARK : LIGHT),
      fontFamily: 'var(--font-text)',
      borderRadius: 4,
      fontSize: 14,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.18s',
    },
    components: {
      // White on these bright colours could not be read.
      ...(isDark ? { Button: { primaryColor: INK, dangerColor: INK } } : {}),
      Table: isDark ? { headerBg: '#16304c', rowHoverBg: '#16304c' } : { headerBg: '#eaf0f6' },
    },
  };
}
