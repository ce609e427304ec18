const ACTIONS: Readonly<Record<string, string>> = {
  'auth.sign_in': '登录',
  'auth.sign_out': '退出登录',
  'auth.device_enter': '大屏登录',
  'load.create': '装载数据',
  'job.run': '手动运行任务',
  'backup.create': '备份',
  'backup.restore': '从备份恢复',
  'boundary.create': '导入边界',
  'boundary.activate': '换用边界',
  'boundary.remove': '删除边界',
  'definition.publish': '出厂口径生效',
  'definition.offer': '出厂口径待采用',
  'calendar.put': '维护放假安排',
  'calendar.remove': '撤回放假安排',
  'user.create': '新建用户',
  'user.update': '修改用户',
  'user.disable': '停用用户',
  'user.enable': '启用用户',
  'user.unlock': '解锁用户',
  'user.reset_password': '重置密码',
  'user.end_sessions': '使用户退出登录',
  'token.create': '新建令牌',
  'token.revoke': '撤销令牌',
  'device.create': '新建大屏链接',
  'device.revoke': '撤销大屏链接',
  'audit.export': '导出审计',
};

/** An action without words of its own shows its code. */
export function actionZh(action: string): string {
  return Object.hasOwn(ACTIONS, action) ? (ACTIONS[action] ?? action) : action;
}

/** Groups first (they end with a dot), then single actions. */
export const ACTION_OPTIONS = [
  { value: '', label: '全部' },
  { value: 'auth.', label: '登录与退出(全部)' },
  { value: 'user.', label: '用户(全部)' },
  { value: 'token.', label: '令牌(全部)' },
  { value: 'device.', label: '大屏链接(全部)' },
  { value: 'load.', label: '装载(全部)' },
  { value: 'job.', label: '任务(全部)' },
  { value: 'backup.', label: '备份与恢复(全部)' },
  { value: 'boundary.', label: '边界(全部)' },
  { value: 'definition.', label: '口径(全部)' },
  { value: 'calendar.', label: '统计日历(全部)' },
  ...Object.entries(ACTIONS).map(([value, label]) => ({ value, label })),
];
