import type { ComponentType } from 'react';
import type { PanelProps } from '@/components/screen/panel-props';
import { CalendarPanel } from '@/components/screen/panels/CalendarPanel';
import { EventsPanel } from '@/components/screen/panels/EventsPanel';
import { IndicatorStrip } from '@/components/screen/panels/IndicatorStrip';
import { LinesPanel } from '@/components/screen/panels/LinesPanel';
import { MapPanel } from '@/components/screen/panels/MapPanel';
import { MatrixPanel } from '@/components/screen/panels/MatrixPanel';
import { PulsePanel } from '@/components/screen/panels/PulsePanel';
import { RankingPanel } from '@/components/screen/panels/RankingPanel';
import { SharesPanel } from '@/components/screen/panels/SharesPanel';
import { TrendPanel } from '@/components/screen/panels/TrendPanel';
import type { PanelKind } from '@/server/services/screens/types';

/** What draws a kind of panel. */
export const PANELS: { [Kind in PanelKind]: ComponentType<PanelProps<Kind>> } = {
  indicators: IndicatorStrip,
  pulse: PulsePanel,
  map: MapPanel,
  trend: TrendPanel,
  lines: LinesPanel,
  shares: SharesPanel,
  ranking: RankingPanel,
  calendar: CalendarPanel,
  matrix: MatrixPanel,
  events: EventsPanel,
};
