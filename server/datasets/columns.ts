import type { DatasetColumn } from '@/metrics/model/dataset';

type Extra = Partial<Omit<DatasetColumn, 'name' | 'type' | 'title' | 'description'>>;

function column(type: DatasetColumn['type']) {
  return (name: string, title: string, description: string, extra: Extra = {}): DatasetColumn => ({
    name,
    type,
    title,
    description,
    nullable: true,
    ...extra,
  });
}

export const text = column('string');
export const integer = column('integer');
export const decimal = column('decimal');
export const date = column('date');
export const datetime = column('datetime');
export const flag = column('boolean');

export function choice(
  name: string,
  title: string,
  description: string,
  enumValues: readonly string[],
  extra: Extra = {},
): DatasetColumn {
  return column('enum')(name, title, description, { enumValues, ...extra });
}

/** Placeholders that instruments and export programs write for "not observed". */
export const NUMBER_SENTINELS = [-1, -99, -999, -9999, 9999] as const;

export function region(description: string): DatasetColumn {
  return integer('region_code', '区划', description, { nullable: false, min: 100000, max: 999999 });
}

/** Zones (综改示范区, 开发区) have no code of GB/T 2260: their rows name the city and the zone. */
export const park = () =>
  text('park_code', '功能区', '开发区、示范区等功能区的编码;有此编码的行,区划填所在市代码');

/**
 * Columns that every dataset takes beside its own. `updated_at` is the source's time of change: of two contents of one
 * key the later one counts, whatever order they arrive in; without it the one received last counts.
 */
export const COMMON_COLUMNS: readonly DatasetColumn[] = [
  text('source_id', '来源系统', '来源系统编码'),
  datetime('updated_at', '来源更新时间', '来源系统中这一行最后变更的时间;同一业务键以较晚者为准'),
  flag('is_deleted', '作废', '来源已作废、撤销的行:不再计入任何指标'),
];
