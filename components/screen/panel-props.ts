import type { RegionCode } from '@/metrics/model/cell';
import type { PanelDataOf, PanelKind, RegionRef } from '@/server/services/screens/types';

/** Where a panel stands. */
export interface PanelPlace {
  id: string;
  title: string;
  wide: boolean;
  ultra: boolean;
  /** The panel's region, where the screen shows another one, and why. */
  elsewhere?: { name: string; why: string };
}

export interface PanelProps<Kind extends PanelKind> {
  place: PanelPlace;
  region: RegionRef;
  path: RegionRef[];
  data: PanelDataOf[Kind];
  onDrill(code: RegionCode): void;
}
