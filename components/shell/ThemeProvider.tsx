'use client';

import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { antTheme } from './ant-theme';
import { THEME_COOKIE, type ThemeMode } from './theme-mode';

const ThemeContext = createContext<{ mode: ThemeMode; toggle: () => void }>({
  mode: 'dark',
  toggle: () => undefined,
});

export function useThemeMode() {
  return useContext(ThemeContext);
}

/** antd in our tokens, light or dark, in Chinese. For console and desk; the wall has no antd. */
export function ThemeProvider({ initial, children }: { initial: ThemeMode; children: ReactNode }) {
  const [mode, setMode] = useState(initial);
  const value = useMemo(
    () => ({
      mode,
      toggle: () => {
        const next = mode === 'dark' ? 'light' : 'dark';
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser of a government office
        document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=31536000; samesite=lax`;
        setMode(next);
      },
    }),
    [mode],
  );
  return (
    <ThemeContext value={value}>
      <ConfigProvider locale={zhCN} theme={antTheme(mode)} button={{ autoInsertSpace: false }}>
        <App>
          <div data-shell-theme={mode}>{children}</div>
        </App>
      </ConfigProvider>
    </ThemeContext>
  );
}
