import type { DatasetContract } from '@/metrics/model/dataset';
import { contractOf } from './contract-spec';

/**
 * Contracts of the datasets that the catalogue speaks of and no installation connects yet, as the domain model lists
 * their columns: enough to check that a definition means something over them. A line is a column; behind the bar stands
 * whether it is part of the key, the business time, a dimension.
 */
const SPECS: Readonly<Record<string, string>> = {
  discharge_monitor_hour: `
    enterprise_uscc string
    outlet_id string | key
    pollutant string | key dim
    data_ts datetime | key time
    value decimal
    value_zs decimal
    flow decimal
    load_kg decimal 千克
    limit decimal
    flag (N F M S D C T B)
  `,
  power_grid_15min: `
    node_id string | key
    node_kind (region plant corridor)
    source_type string | dim
    ts datetime | key time
    load_kw decimal 千瓦
    gen_kw decimal 千瓦
    gen_kwh decimal 千瓦时
    curtail_kwh decimal 千瓦时
    energy_kwh decimal 千瓦时
  `,
  unit_energy_hour: `
    enterprise_uscc string
    meter_id string | key
    energy_type string | key dim
    data_ts datetime | key time
    quantity decimal
    tce decimal 吨标准煤
    industry string
    quality (ok interp manual bad)
  `,
  mine_output_day: `
    mine_id string | key
    mine_kind (coal cbm)
    mine_status string | dim
    data_date date | key time
    raw_coal_t decimal 吨
    gas_m3 decimal m³
    report_status (first corrected final)
  `,
  sensor_alarm_event: `
    alarm_id string | key
    enterprise_uscc string
    sensor_type string | dim
    start_ts datetime | time
    end_ts datetime
    ack_ts datetime
    close_ts datetime
    alarm_level (l1 l2 l3 l4) | dim
    is_test boolean
    merged boolean
  `,
  inspection_record: `
    record_id string | key
    mode (double_random daily special remote) | dim
    item_code string
    department string | dim
    joint boolean
    start_date date
    finish_date date | time
    publish_date date
    status (assigned done cancelled)
    result string
    risk_level string | dim
  `,
  penalty_record: `
    decision_no string | key
    kind (penalty coercion)
    department string | key dim
    cause string | dim
    decision_date date | time
    publish_date date
    is_revoked boolean
  `,
  credit_record: `
    record_id string | key
    category string | dim
    provider string
    ingest_ts datetime | time
    check_status (pass fail)
  `,
  service_rating: `
    rating_id string | key
    rate_ts datetime | time
    level integer
    is_default boolean
    channel string | dim
    department string | dim
    due_date date
    rectified_date date
  `,
  grid_event: `
    event_id string | key
    grid_id string
    event_type string | dim
    source (gridder citizen iot camera hotline) | dim
    stage (report accept dispatch handle verify close void)
    report_ts datetime | time
    accept_ts datetime
    deadline datetime
    close_ts datetime
    department string | dim
    repeat30 boolean
  `,
  emergency_incident: `
    incident_id string | key
    report_seq integer | key
    incident_type4 string | dim
    level4 (I II III IV) | dim
    occur_ts datetime | time
    report_ts datetime
    deaths integer 人
    verify boolean
  `,
  warning_release: `
    warning_id string | key
    action (issue update cancel) | key
    hazard_type string | dim
    color (blue yellow orange red) | dim
    signed_ts datetime | time
    delivered_ts datetime
    channel (sms speaker tv app) | key dim
  `,
  hospital_visit: `
    hospital_id string | key
    hospital_level string | dim
    dept_kind string | key dim
    visit_date date | key time
    visit_count integer 人次
    ili_count integer 人次
    open_beds integer
    occupied_beds integer
    sentinel boolean
  `,
  medins_settlement: `
    setl_id string | key
    insurance_type string | dim
    care_type string | dim
    setl_ts datetime | time
    fee_total decimal 元
    fund_pay decimal 元
  `,
  labour_event: `
    event_id string | key
    event (vacancy seek register_unemp cancel_unemp hire leave insure_in insure_out)
    event_date date | time
    person_hash string
    headcount integer 人
    industry string
    age_group string | dim
    education string | dim
    reason string | dim
  `,
  scenic_visit_hour: `
    scenic_id string | key
    level_a integer | dim
    data_ts datetime | key time
    enter_count integer 人次
    in_park integer 人
    instant_capacity integer 人
  `,
  public_trade_deal: `
    section_no string | key
    trade_type string | dim
    status (announce open deal fail cancel)
    deal_ts datetime | time
    ceiling_amount decimal 元
    deal_amount decimal 元
  `,
};

export const UNCONNECTED_CONTRACTS: readonly DatasetContract[] = Object.entries(SPECS).map(([name, spec]) => {
  const lines = spec
    .trim()
    .split('\n')
    .map((line) => {
      const [column = '', marks = ''] = line.trim().split(' | ');
      return { column, name: column.replace(/ .*/, ''), marks: marks.split(' ') };
    });
  const marked = (mark: string) => lines.filter(({ marks }) => marks.includes(mark)).map((line) => line.name);
  const [time = ''] = marked('time');
  const columns = lines.map(({ column }) => column);
  return contractOf(name, { key: marked('key'), time, columns, dims: marked('dim') });
});
