import { regionsOfLevel } from '@/metrics/regions/tree';
import { DAY_MS } from '@/metrics/time/zone';
import type { Context } from '@/server/context';
import { makeHotlineRows } from './hotline-rows';

const STATIONS_A_COUNTY = 3;

/** A day of a province: tickets and cases by the hundred thousand, registrations, and every station's hours. */
export async function makeDay(
  ctx: Context,
  { dayMs, rows }: { dayMs: number; rows: number },
): Promise<number> {
  const counties = regionsOfLevel('county').map(({ code }) => code);
  const tickets = Math.round(rows * 0.45);
  const cases = Math.round(rows * 0.5);
  const events = rows - tickets - cases;
  const hours = 24 * STATIONS_A_COUNTY * counties.length;
  await makeHotlineRows(ctx, { rows: tickets, fromMs: dayMs, toMs: dayMs + DAY_MS });
  const insert = (sql: string, count: number) =>
    ctx.warehouse.loads.command({
      name: 'bench_day_rows',
      sql,
      params: { counties, from: dayMs / 1000, rows: count },
    });
  await insert(
    `INSERT INTO service_case (case_no, region_code, item_code, item_type, department, channel, subject_type, stage, apply_ts, accept_ts,
        finish_ts, promise_date, promise_days, legal_days, pause_days, online_depth, version, is_demo)
      SELECT concat('C', toString({from:Int64}), '-', toString(number)), {counties:Array(UInt32)}[1 + h % length({counties:Array(UInt32)})],
        toString(intDiv(h, 1000) % 400), ['许可', '确认', '给付', '公共服务'][1 + intDiv(h, 10000) % 4], concat('部门', toString(intDiv(h, 100000) % 30)),
        ['hall', 'web', 'app', 'mini', 'kiosk'][1 + intDiv(h, 1000000) % 5], if(h % 3 = 0, 'legal', 'person'), 'finish', accepted, accepted,
        toNullable(accepted + intDiv(h, 7) % 40000), toNullable(toDate(accepted + INTERVAL 5 DAY)), 5, 20, 0, 4, 1, 1
      FROM (SELECT number, cityHash64(number, {from:Int64}) AS h, toDateTime({from:Int64} + number * 43200 / {rows:UInt64}, 'Asia/Shanghai') AS accepted FROM numbers({rows:UInt64}))`,
    cases,
  );
  await insert(
    `INSERT INTO market_entity_event (uscc, region_code, event, event_date, entity_type, industry, version, is_demo)
      SELECT concat('U', toString({from:Int64}), '-', toString(number)), {counties:Array(UInt32)}[1 + number % length({counties:Array(UInt32)})],
        ['establish', 'establish', 'change', 'cancel'][1 + cityHash64(number) % 4], toDate(toDateTime({from:Int64}, 'Asia/Shanghai')),
        ['企业', '个体', '合作社'][1 + number % 3], leftPad(toString(100 + cityHash64(number, 1) % 9600), 4, '0'), 1, 1
      FROM numbers({rows:UInt64})`,
    events,
  );
  await insert(
    `INSERT INTO air_quality_hour (station_id, station_kind, region_code, data_ts, pm25, pm10, so2, no2, o3, co, flag, version, is_demo)
      SELECT concat('S', toString(intDiv(number, 24))), 'national', {counties:Array(UInt32)}[1 + intDiv(number, 24) % length({counties:Array(UInt32)})],
        toDateTime({from:Int64} + (1 + number % 24) * 3600, 'Asia/Shanghai'), 20 + cityHash64(number, 1) % 80, 40 + cityHash64(number, 2) % 100,
        5 + cityHash64(number, 3) % 20, 15 + cityHash64(number, 4) % 50, 30 + cityHash64(number, 5) % 140, 1, 'valid', 1, 1
      FROM numbers({rows:UInt64})`,
    hours,
  );
  return rows + hours;
}
