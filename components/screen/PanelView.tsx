'use client';

import { type ComponentType, memo } from 'react';
import { formsOf } from '@/components/screen/layout';
import { PanelBoundary } from '@/components/screen/PanelBoundary';
import { PanelFrame } from '@/components/screen/PanelFrame';
import type { PanelProps } from '@/components/screen/panel-props';
import { PANELS } from '@/components/screen/registry';
import type { RegionCode } from '@/metrics/model/cell';
import type { PanelKind, RegionRef, ScreenPanel, ScreenSnapshot } from '@/server/services/screens/types';

interface Props {
  panel: ScreenPanel;
  layouts: ScreenSnapshot['layouts'];
  path: RegionRef[];
  onDrill(code: RegionCode): void;
}

/**
 * A panel in its place: its data, or its error, and never its neighbours' concern. What did not change in a new
 * picture is the same object (the cache shares structure) and is not drawn again.
 */
export const PanelView = memo(function PanelView({ panel, layouts, path, onDrill }: Props) {
  const forms = formsOf(panel.id, layouts);
  const place = {
    id: panel.id,
    title: panel.title,
    wide: forms.wide,
    ultra: forms.ultra,
    ...(panel.elsewhere !== null && { elsewhere: { name: panel.region.name, why: panel.elsewhere } }),
  };
  if (!panel.result.ok) {
    return <PanelFrame {...place} error={panel.result.error} />;
  }
  const View = PANELS[panel.kind] as ComponentType<PanelProps<PanelKind>>;
  return (
    <PanelBoundary place={place} resetKey={panel.result.data}>
      <View place={place} region={panel.region} path={path} data={panel.result.data} onDrill={onDrill} />
    </PanelBoundary>
  );
});
