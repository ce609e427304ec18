import type { QueryParam } from '@/server/warehouse/query';

export interface CompleteWindow {
  metric: string;
  freq: string;
  /** Only this basis; absent: every basis. */
  basis?: string;
  /** Only cells of the whole; absent: slices too. */
  unsliced?: boolean;
  /** Only cells whose newest vintage has this source, so that published ones are left alone; absent: every source. */
  source?: string;
  fromMs: number;
  toMs: number;
}

/** Windows as conditions on observations and on the stage; `source` is an expression, null for every source. */
export interface WindowCondition {
  series: string;
  stretch: string;
  source: string | null;
  params: Readonly<Record<string, QueryParam>>;
}

/** Windows of one stretch and source share a condition. */
export function windowConditions(windows: readonly CompleteWindow[]): WindowCondition[] {
  const groups = new Map<string, CompleteWindow[]>();
  for (const window of windows) {
    const key = `${window.fromMs} ${window.toMs} ${window.source ?? ''} ${window.basis === undefined} ${window.unsliced === true}`;
    groups.set(key, [...(groups.get(key) ?? []), window]);
  }
  return [...groups.values()].flatMap((group, i) => (group[0] ? [conditionOf(group, group[0], i)] : []));
}

function conditionOf(windows: readonly CompleteWindow[], first: CompleteWindow, n: number): WindowCondition {
  const bases = windows.flatMap(({ basis }) => (basis === undefined ? [] : [basis]));
  const names = bases.length > 0 ? "concat(metric, ' ', freq, ' ', basis)" : "concat(metric, ' ', freq)";
  const series = [
    `metric IN {metrics${n}:Array(String)}`,
    `freq IN {freqs${n}:Array(String)}`,
    ...(bases.length > 0 ? [`basis IN {bases${n}:Array(String)}`] : []),
    `${names} IN {series${n}:Array(String)}`,
    ...(first.unsliced ? ["slice = ''"] : []),
  ];
  return {
    series: series.join(' AND '),
    stretch: `period >= toDateTime64({from_s${n}:Int64}, 0, 'Asia/Shanghai') AND period < toDateTime64({to_s${n}:Int64}, 0, 'Asia/Shanghai')`,
    source: first.source === undefined ? null : `{source${n}:String}`,
    params: {
      [`metrics${n}`]: [...new Set(windows.map(({ metric }) => metric))],
      [`freqs${n}`]: [...new Set(windows.map(({ freq }) => freq))],
      ...(bases.length > 0 ? { [`bases${n}`]: [...new Set(bases)] } : {}),
      [`series${n}`]: windows.map(({ metric, freq, basis }) =>
        [metric, freq, ...(basis === undefined ? [] : [basis])].join(' '),
      ),
      [`from_s${n}`]: Math.floor(first.fromMs / 1000),
      [`to_s${n}`]: Math.ceil(first.toMs / 1000),
      ...(first.source === undefined ? {} : { [`source${n}`]: first.source }),
    },
  };
}
