/** Says that something changed; whoever shows it reads again. */
export interface LiveChange {
  reason: 'connected' | 'changed' | 'heartbeat';
  /** Data version: equal versions mean equal answers. */
  version: number;
  /** Metrics that changed, within the reader's domains; null: unknown, anything may have. */
  metrics: string[] | null;
  /** Datasets that received rows since the last event. */
  datasets: string[];
}
