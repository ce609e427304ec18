'use client';

import dynamic from 'next/dynamic';
import { useCallback, useMemo } from 'react';
import type { ChartBox } from '@/components/charts/ChartCanvas';
import { stripsOption } from '@/components/charts/options/strips';
import { stripsOf } from '@/components/charts/prepare/strips';
import { useOpenPassport } from '@/components/metric/passport-context';
import { PanelFrame } from '@/components/screen/PanelFrame';
import type { PanelProps } from '@/components/screen/panel-props';
import { SeriesTable } from '@/components/screen/panels/SeriesTable';

const ChartCanvas = dynamic(() => import('@/components/charts/ChartCanvas'), { ssr: false });

/** Small multiples: each series over the same days with an axis of its own. */
export function LinesPanel({ place, region, data }: PanelProps<'lines'>) {
  const open = useOpenPassport();
  const model = useMemo(
    () =>
      stripsOf(data.series.map((series) => ({ series, mark: 'line' as const, weight: 1, showZero: true }))),
    [data],
  );
  const lacking = model.strips.some(({ partial }) => partial.includes(true));
  const option = useCallback((box: ChartBox) => stripsOption(model, box), [model]);
  const onPoint = useCallback(
    (index: number, at: number) => {
      const picked = data.series[at];
      const point = picked?.points[index];
      if (picked?.cell && point?.value != null) open({ ...picked.cell, periodMs: point.periodMs });
    },
    [data, open],
  );
  return (
    <PanelFrame
      {...place}
      meta={[place.elsewhere ? '' : region.name, lacking ? '空心点不完整' : ''].filter(Boolean).join(' · ')}
      demo={data.demo}
      table={<SeriesTable series={data.series} />}
    >
      <ChartCanvas label={data.sentence} option={option} onPoint={onPoint} />
    </PanelFrame>
  );
}
