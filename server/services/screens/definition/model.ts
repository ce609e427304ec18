import type { Freq, Measure } from '@/metrics/model/cell';
import type { PanelKind, ScreenForm, ScreenLayout } from '@/server/services/screens/types';

/** Which cell of a metric a panel wants; what is left out is chosen by the newest period. */
export interface MetricChoice {
  metric: string;
  measure?: Measure;
  freq?: readonly Freq[];
  /** In order of preference; the default follows the frequency and the metric's period rule. */
  basis?: readonly string[];
  /** Shown instead of the catalogue's name where room is scarce. */
  name?: string;
}

export interface IndicatorChoice extends MetricChoice {
  /** A metric that is itself the published growth of this one, e.g. gdp_growth of gdp. */
  growthMetric?: string;
  /** Points of the spark line. */
  sparkPeriods?: number;
  extra?: boolean;
}

interface Common<Kind extends PanelKind> {
  id: string;
  kind: Kind;
  title: string;
  /**
   * `root`: stays on the screen's widest region; `region`: follows the drill; `nearest`: follows it down to the lowest
   * region of the path that has data, and says so.
   */
  follows: 'root' | 'region' | 'nearest';
}

export type PanelDefinition =
  | (Common<'indicators'> & { choices: readonly IndicatorChoice[] })
  | (Common<'pulse'> & { choices: readonly IndicatorChoice[] })
  | (Common<'map'> & { choices: readonly MapChoice[] })
  | (Common<'trend'> & { level: MetricChoice; growthMetric?: string; freq: Freq; periods: number })
  | (Common<'lines'> & { choices: readonly MetricChoice[]; freq: Freq; periods: number })
  | (Common<'shares'> & {
      parts: readonly MetricChoice[];
      /** What the parts are of: where its levels break, theirs do. */
      whole: { metric: string; growthMetric: string };
      freq: Freq;
      periods: number;
    })
  | (Common<'ranking'> & { choices: readonly MapChoice[] })
  | (Common<'calendar'> & { choice: MetricChoice; share: MetricChoice })
  | (Common<'matrix'> & { choices: readonly MetricChoice[]; freq: Freq })
  | (Common<'events'> & { turning: MetricChoice; releases: readonly string[]; limit: number });

export interface MapChoice extends IndicatorChoice {
  key: string;
  scale: 'quantile' | 'standard';
}

export interface ScreenDefinition {
  slug: string;
  title: string;
  panels: readonly PanelDefinition[];
  layouts: Record<ScreenForm, ScreenLayout>;
}
