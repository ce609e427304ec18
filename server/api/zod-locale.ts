import { z } from 'zod';

/** What a schema does not word itself is said in Chinese too: these messages are shown to operators. */
export function speakChinese(): void {
  z.config(z.locales.zhCN());
}
