const TEXTS: Record<string, string> = {
  wrong: '用户名或密码不正确。',
  disabled: '该账号已停用,请联系管理员。',
  busy: '登录请求过于频繁,请一分钟后再试。',
  device: '大屏链接无效、已撤销或已到期,请联系管理员重新生成。',
  ended: '登录已失效,请重新登录。',
};

const time = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** What went wrong, for the person at the form; null when nothing did. */
export function problemText(reason: string, untilMs: number): string | null {
  if (reason !== 'locked') return TEXTS[reason] ?? null;
  if (!Number.isFinite(untilMs) || untilMs <= 0) return '密码多次错误,账号已暂时锁定,请稍后再试。';
  return `密码连续错误次数过多,已锁定至 ${time.format(untilMs)},届时再试或联系管理员解锁。`;
}
