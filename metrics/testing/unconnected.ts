import type { ColumnType, DatasetColumn, DatasetContract } from '@/metrics/model/dataset';

/**
 * Contracts of the datasets that the catalogue speaks of and no installation connects yet, as the domain model lists
 * their columns: enough to check that a definition means something over them.
 */
interface Spec {
  key: readonly string[];
  time: string;
  region?: string;
  /** `name type [unit]`, or `name` and the values of an enum in brackets. */
  columns: readonly string[];
  dims?: readonly string[];
}

const SPECS: Readonly<Record<string, Spec>> = {
  water_quality_sample: {
    key: ['section_id', 'sample_ts', 'method'],
    time: 'sample_ts',
    columns: [
      'section_id string',
      'section_kind (national province city)',
      'basin string',
      'sample_ts datetime',
      'method (auto manual)',
      ...'ph do codmn cod bod5 nh3n tp tn cu zn f se as_ hg cd cr6 pb cn phenol oil las s2'
        .split(' ')
        .map((item) => `${item} decimal mg/L`),
      'water_status (normal dry ice nosample)',
    ],
    dims: ['basin'],
  },
  discharge_monitor_hour: {
    key: ['outlet_id', 'pollutant', 'data_ts'],
    time: 'data_ts',
    columns: [
      'enterprise_uscc string',
      'outlet_id string',
      'pollutant string',
      'data_ts datetime',
      'value decimal',
      'value_zs decimal',
      'flow decimal',
      'load_kg decimal 千克',
      'limit decimal',
      'flag (N F M S D C T B)',
    ],
    dims: ['pollutant'],
  },
  power_grid_15min: {
    key: ['node_id', 'ts'],
    time: 'ts',
    columns: [
      'node_id string',
      'node_kind (region plant corridor)',
      'source_type string',
      'ts datetime',
      'load_kw decimal 千瓦',
      'gen_kw decimal 千瓦',
      'gen_kwh decimal 千瓦时',
      'curtail_kwh decimal 千瓦时',
      'energy_kwh decimal 千瓦时',
    ],
    dims: ['source_type'],
  },
  unit_energy_hour: {
    key: ['meter_id', 'energy_type', 'data_ts'],
    time: 'data_ts',
    columns: [
      'enterprise_uscc string',
      'meter_id string',
      'energy_type string',
      'data_ts datetime',
      'quantity decimal',
      'tce decimal 吨标准煤',
      'industry string',
      'quality (ok interp manual bad)',
    ],
    dims: ['energy_type'],
  },
  mine_output_day: {
    key: ['mine_id', 'data_date'],
    time: 'data_date',
    columns: [
      'mine_id string',
      'mine_kind (coal cbm)',
      'mine_status string',
      'data_date date',
      'raw_coal_t decimal 吨',
      'gas_m3 decimal m³',
      'report_status (first corrected final)',
    ],
    dims: ['mine_status'],
  },
  sensor_alarm_event: {
    key: ['alarm_id'],
    time: 'start_ts',
    columns: [
      'alarm_id string',
      'enterprise_uscc string',
      'sensor_type string',
      'start_ts datetime',
      'end_ts datetime',
      'ack_ts datetime',
      'close_ts datetime',
      'alarm_level (l1 l2 l3 l4)',
      'is_test boolean',
      'merged boolean',
    ],
    dims: ['sensor_type', 'alarm_level'],
  },
  inspection_record: {
    key: ['record_id'],
    time: 'finish_date',
    columns: [
      'record_id string',
      'mode (double_random daily special remote)',
      'item_code string',
      'department string',
      'joint boolean',
      'start_date date',
      'finish_date date',
      'publish_date date',
      'status (assigned done cancelled)',
      'result string',
      'risk_level string',
    ],
    dims: ['department', 'mode', 'risk_level'],
  },
  penalty_record: {
    key: ['department', 'decision_no'],
    time: 'decision_date',
    columns: [
      'decision_no string',
      'kind (penalty coercion)',
      'department string',
      'cause string',
      'decision_date date',
      'publish_date date',
      'is_revoked boolean',
    ],
    dims: ['department', 'cause'],
  },
  credit_record: {
    key: ['record_id'],
    time: 'ingest_ts',
    columns: [
      'record_id string',
      'category string',
      'provider string',
      'ingest_ts datetime',
      'check_status (pass fail)',
    ],
    dims: ['category'],
  },
  service_rating: {
    key: ['rating_id'],
    time: 'rate_ts',
    columns: [
      'rating_id string',
      'rate_ts datetime',
      'level integer',
      'is_default boolean',
      'channel string',
      'department string',
      'due_date date',
      'rectified_date date',
    ],
    dims: ['channel', 'department'],
  },
  grid_event: {
    key: ['event_id'],
    time: 'report_ts',
    columns: [
      'event_id string',
      'grid_id string',
      'event_type string',
      'source (gridder citizen iot camera hotline)',
      'stage (report accept dispatch handle verify close void)',
      'report_ts datetime',
      'accept_ts datetime',
      'deadline datetime',
      'close_ts datetime',
      'department string',
      'repeat30 boolean',
    ],
    dims: ['event_type', 'source', 'department'],
  },
  emergency_incident: {
    key: ['incident_id', 'report_seq'],
    time: 'occur_ts',
    columns: [
      'incident_id string',
      'report_seq integer',
      'incident_type4 string',
      'level4 (I II III IV)',
      'occur_ts datetime',
      'report_ts datetime',
      'deaths integer 人',
      'verify boolean',
    ],
    dims: ['incident_type4', 'level4'],
  },
  warning_release: {
    key: ['warning_id', 'action', 'channel'],
    time: 'signed_ts',
    columns: [
      'warning_id string',
      'action (issue update cancel)',
      'hazard_type string',
      'color (blue yellow orange red)',
      'signed_ts datetime',
      'delivered_ts datetime',
      'channel (sms speaker tv app)',
    ],
    dims: ['hazard_type', 'color', 'channel'],
  },
  infectious_case: {
    key: ['card_id'],
    time: 'onset_date',
    region: 'live_region',
    columns: [
      'card_id string',
      'disease string',
      'class (A B C other)',
      'onset_date date',
      'diagnose_ts datetime',
      'report_ts datetime',
      'audit_ts datetime',
      'age_group string',
      'status (valid revised deleted)',
    ],
    dims: ['disease', 'class', 'age_group'],
  },
  hospital_visit: {
    key: ['hospital_id', 'dept_kind', 'visit_date'],
    time: 'visit_date',
    columns: [
      'hospital_id string',
      'hospital_level string',
      'dept_kind string',
      'visit_date date',
      'visit_count integer 人次',
      'ili_count integer 人次',
      'open_beds integer',
      'occupied_beds integer',
      'sentinel boolean',
    ],
    dims: ['hospital_level', 'dept_kind'],
  },
  medins_settlement: {
    key: ['setl_id'],
    time: 'setl_ts',
    columns: [
      'setl_id string',
      'insurance_type string',
      'care_type string',
      'setl_ts datetime',
      'fee_total decimal 元',
      'fund_pay decimal 元',
    ],
    dims: ['insurance_type', 'care_type'],
  },
  labour_event: {
    key: ['event_id'],
    time: 'event_date',
    columns: [
      'event_id string',
      'event (vacancy seek register_unemp cancel_unemp hire leave insure_in insure_out)',
      'event_date date',
      'person_hash string',
      'headcount integer 人',
      'industry string',
      'age_group string',
      'education string',
      'reason string',
    ],
    dims: ['age_group', 'education', 'reason'],
  },
  scenic_visit_hour: {
    key: ['scenic_id', 'data_ts'],
    time: 'data_ts',
    columns: [
      'scenic_id string',
      'level_a integer',
      'data_ts datetime',
      'enter_count integer 人次',
      'in_park integer 人',
      'instant_capacity integer 人',
    ],
    dims: ['level_a'],
  },
  public_trade_deal: {
    key: ['section_no'],
    time: 'deal_ts',
    columns: [
      'section_no string',
      'trade_type string',
      'status (announce open deal fail cancel)',
      'deal_ts datetime',
      'ceiling_amount decimal 元',
      'deal_amount decimal 元',
    ],
    dims: ['trade_type'],
  },
  supervise_task_event: {
    key: ['task_id', 'event', 'event_ts'],
    time: 'event_ts',
    columns: [
      'task_id string',
      'event (assign deploy feedback plan extend close reopen cancel)',
      'event_ts datetime',
      'task_type string',
      'complexity (general complex)',
      'department string',
      'deadline1 datetime',
      'deadline3 datetime',
      'deadline7 datetime',
      'deadline30 datetime',
      'final_deadline datetime',
    ],
    dims: ['department', 'task_type', 'complexity'],
  },
};

function column(text: string, key: readonly string[]): DatasetColumn {
  const [, name = '', values, type = '', unit] = /^(\w+) (?:\((.*)\)|(\w+)(?: (.+))?)$/.exec(text) ?? [];
  return {
    name,
    title: name,
    description: name,
    nullable: !key.includes(name),
    ...(values === undefined
      ? { type: type as ColumnType }
      : { type: 'enum', enumValues: values.split(' ') }),
    ...(unit === undefined ? {} : { unit }),
  };
}

export const UNCONNECTED_CONTRACTS: readonly DatasetContract[] = Object.entries(SPECS).map(
  ([name, { key, time, region = 'region_code', columns, dims = [] }]) => ({
    name,
    title: name,
    version: 1,
    grain: '一行一件',
    columns: [column(`${region} integer`, [region]), ...columns.map((text) => column(text, key))],
    key,
    businessTime: time,
    regionColumn: region,
    latenessDays: 7,
    rules: [],
    owner: '测试',
    classification: 'internal',
    dims,
  }),
);
