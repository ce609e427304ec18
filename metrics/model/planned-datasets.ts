/** Datasets that the catalogue speaks of and that have no contract yet, by name: what people call them. */
const PLANNED: Readonly<Record<string, string>> = {
  credit_record: '信用信息归集',
  discharge_monitor_hour: '污染源自动监控小时值',
  emergency_incident: '突发事件接报',
  grid_event: '网格事件',
  hospital_visit: '医院诊疗日汇总',
  inspection_record: '监管检查行为',
  labour_event: '就业失业与岗位事件',
  medins_settlement: '医保结算',
  mine_output_day: '煤矿与煤层气日产',
  penalty_record: '行政处罚与强制',
  power_grid_15min: '电网15分钟断面',
  public_trade_deal: '公共资源交易成交',
  scenic_visit_hour: '景区客流小时',
  sensor_alarm_event: '感知报警事件',
  service_rating: '好差评',
  unit_energy_hour: '重点用能单位小时能耗',
  warning_release: '预警发布',
};

/** One that an operator's definition names and nobody planned keeps its name. */
export function plannedDatasetTitle(name: string): string {
  return PLANNED[name] ?? name;
}
