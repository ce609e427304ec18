export interface NavItem {
  href: string;
  title: string;
  /** Shown to roles with any of these. */
  needs: readonly string[];
}

export interface NavGroup {
  title: string;
  items: readonly NavItem[];
}

export const CONSOLE_NAV: readonly NavGroup[] = [
  { title: '总览', items: [{ href: '/console', title: '运行概况', needs: ['dataset:read'] }] },
  {
    title: '数据',
    items: [
      { href: '/console/datasets', title: '数据集', needs: ['dataset:read'] },
      { href: '/console/loads', title: '装载记录', needs: ['load:read'] },
      { href: '/console/jobs', title: '计算任务', needs: ['job:read'] },
    ],
  },
  {
    title: '口径',
    items: [
      { href: '/console/metrics', title: '指标口径', needs: ['definition:read'] },
      { href: '/console/calendar', title: '统计日历', needs: ['calendar:read'] },
      { href: '/console/regions', title: '行政区边界', needs: ['boundary:read'] },
    ],
  },
  {
    title: '管理',
    items: [
      { href: '/console/users', title: '用户', needs: ['user:read'] },
      { href: '/console/tokens', title: '令牌与大屏', needs: ['token:read', 'device:read'] },
      { href: '/console/audit', title: '审计', needs: ['audit:read'] },
    ],
  },
];

const WALL: NavItem = { href: '/', title: '大屏', needs: ['screen:read'] };

/** The pages of one metric and the list of all of them: they show values. */
export const DESK: NavItem = { href: '/metric', title: '指标', needs: ['metric:read'] };

/** The wall, the metrics and the console (at the first page of it that this role has), without the one shown. */
export function otherFaces(shown: 'wall' | 'desk' | 'console', capabilities: readonly string[]): FaceLink[] {
  const first = navFor(capabilities)[0]?.items[0];
  const faces = [
    { face: 'wall', href: WALL.href, title: WALL.title, there: mayUse(WALL, capabilities) },
    { face: 'desk', href: DESK.href, title: DESK.title, there: mayUse(DESK, capabilities) },
    { face: 'console', href: first?.href ?? '', title: '控制台', there: first !== undefined },
  ];
  return faces
    .filter(({ face, there }) => there && face !== shown)
    .map(({ href, title }) => ({ href, title }));
}

export interface FaceLink {
  href: string;
  title: string;
}

export function mayUse({ needs }: NavItem, capabilities: readonly string[]): boolean {
  return needs.some((need) => capabilities.includes(need));
}

/** Where a role begins: the wall, or for one without screens its first page of the console. */
export function homePath(capabilities: readonly string[]): string {
  if (mayUse(WALL, capabilities)) return WALL.href;
  return navFor(capabilities)[0]?.items[0]?.href ?? '/console';
}

/** Where this role reads about a metric: its values, else its definition; null for neither. */
export function metricPath(code: string, capabilities: readonly string[]): string | null {
  if (mayUse(DESK, capabilities)) return `/metric/${code}`;
  return capabilities.includes('definition:read') ? `/console/metrics/${code}` : null;
}

/** What this role can use; groups without anything left disappear. */
export function navFor(capabilities: readonly string[]): NavGroup[] {
  return CONSOLE_NAV.map((group) => ({
    ...group,
    items: group.items.filter((item) => mayUse(item, capabilities)),
  })).filter(({ items }) => items.length > 0);
}

/** The entry that a path belongs to; none for the overview's other pages and for unknown ones. */
export function navItemOf(path: string): NavItem | undefined {
  return CONSOLE_NAV.flatMap(({ items }) => items).find(({ href }) => isCurrent(path, href));
}

/** Titles of the roles that can open an entry, each once. */
export function rolesFor({ needs }: NavItem, holders: Readonly<Record<string, readonly string[]>>): string[] {
  return [...new Set(needs.flatMap((need) => holders[need] ?? []))];
}

/** The page a path belongs to: /console/loads/x is 装载记录, and only /console itself is the overview. */
export function isCurrent(path: string, href: string): boolean {
  return href === '/console' ? path === href : path === href || path.startsWith(`${href}/`);
}
