import type { DatasetColumn, DatasetContract } from '@/metrics/model/dataset';
import { contractOf } from './contract-spec';

/** Small contracts for tests of the language; the real ones live with the datasets. */
function contract(
  name: string,
  businessTime: string,
  columns: ReadonlyArray<Partial<DatasetColumn> & Pick<DatasetColumn, 'name' | 'type'>>,
  dims: readonly string[],
): DatasetContract {
  return {
    name,
    title: name,
    version: 1,
    grain: '一行一件',
    columns: [
      { name: 'region_code', title: '区划', description: '县级代码', type: 'integer', nullable: false },
      ...columns.map((column) => ({
        title: column.name,
        description: column.name,
        nullable: true,
        ...column,
      })),
    ],
    key: [columns[0]?.name ?? ''],
    businessTime,
    regionColumn: 'region_code',
    latenessDays: 7,
    rules: [],
    owner: '测试',
    classification: 'internal',
    dims,
  };
}

export const TICKETS = contract(
  'hotline_ticket',
  'create_ts',
  [
    { name: 'ticket_id', type: 'string', nullable: false },
    { name: 'create_ts', type: 'datetime', nullable: false },
    { name: 'due_ts', type: 'datetime' },
    { name: 'finish_ts', type: 'datetime' },
    { name: 'valid', type: 'boolean' },
    { name: 'dispatched', type: 'boolean' },
    { name: 'revisit_valid', type: 'boolean' },
    { name: 'revisit_solved', type: 'boolean' },
    { name: 'revisit_sat', type: 'integer', min: 1, max: 5 },
    {
      name: 'channel',
      type: 'enum',
      enumValues: ['phone', 'wechat', 'web', 'app', 'letter', '110_transfer'],
    },
    { name: 'request_type', type: 'string' },
    { name: 'topic', type: 'string' },
    { name: 'department', type: 'string' },
    { name: 'subject_type', type: 'enum', enumValues: ['person', 'enterprise'] },
  ],
  ['channel', 'request_type', 'topic', 'subject_type', 'department'],
);

export const CASES = contract(
  'service_case',
  'accept_ts',
  [
    { name: 'case_no', type: 'string', nullable: false },
    { name: 'accept_ts', type: 'datetime' },
    { name: 'finish_ts', type: 'datetime' },
    { name: 'promise_date', type: 'date' },
    { name: 'pause_days', type: 'decimal', scale: 1, unit: '工作日' },
    { name: 'fee_yuan', type: 'decimal', scale: 2, unit: '元' },
    { name: 'channel', type: 'enum', enumValues: ['hall', 'web', 'app', 'mini', 'kiosk'] },
    { name: 'department', type: 'string' },
    { name: 'item_type', type: 'string' },
    { name: 'subject_type', type: 'enum', enumValues: ['person', 'legal'] },
  ],
  ['channel', 'department', 'item_type', 'subject_type'],
);

export const ENTITIES = contract(
  'market_entity_event',
  'event_date',
  [
    { name: 'uscc', type: 'string', nullable: false },
    {
      name: 'event',
      type: 'enum',
      enumValues: [
        'establish',
        'change',
        'cancel',
        'revoke',
        'abnormal_in',
        'abnormal_out',
        'move_in',
        'move_out',
      ],
    },
    { name: 'event_date', type: 'date', nullable: false },
    { name: 'entity_type', type: 'string' },
    { name: 'industry', type: 'string' },
  ],
  ['entity_type'],
);

export const AIR = contract(
  'air_quality_hour',
  'data_ts',
  [
    { name: 'station_id', type: 'string', nullable: false },
    { name: 'station_kind', type: 'enum', enumValues: ['national', 'province', 'town'] },
    { name: 'data_ts', type: 'datetime', nullable: false },
    ...['pm25', 'pm10', 'so2', 'no2', 'o3'].map((name) => ({
      name,
      type: 'decimal' as const,
      unit: 'μg/m³',
    })),
    { name: 'co', type: 'decimal', unit: 'mg/m³' },
    { name: 'flag', type: 'enum', enumValues: ['valid', 'RM', 'C', 'B', 'H'] },
  ],
  ['station_id'],
);

const WATER = contractOf('water_quality_sample', {
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
});

const CARDS = contractOf('infectious_case', {
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
});

const TASKS = contractOf('supervise_task_event', {
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
});

export const TEST_CONTRACTS: readonly DatasetContract[] = [
  AIR,
  TICKETS,
  ENTITIES,
  CASES,
  WATER,
  CARDS,
  TASKS,
];
