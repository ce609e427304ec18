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

/** Levels as bars from zero, growth as a line of its own below: two honest axes instead of one double axis. */
export function TrendPanel({ place, data }: PanelProps<'trend'>) {
  const open = useOpenPassport();
  const model = useMemo(
    () =>
      stripsOf([
        { series: data.level, mark: 'bar', weight: 1.5 },
        { series: data.rate, mark: 'line', weight: 1, showZero: true },
      ]),
    [data],
  );
  const option = useCallback((box: ChartBox) => stripsOption(model, box), [model]);
  // How the growth came about stands at its own axis; here what the marks of bars and points mean.
  const unsettled = model.strips.some(
    ({ mark, provisional }) => mark === 'bar' && provisional.includes(true),
  );
  const lacking = data.level.points.some(({ partial }) => partial);
  const unverified = [...data.level.points, ...data.rate.points].some((point) => point.unverified !== null);
  const broken = data.level.points.findLast(({ breakNote }) => breakNote !== undefined);
  const series = [data.level, data.rate];
  const onPoint = useCallback(
    (index: number, at: number) => {
      const picked = at === 0 ? data.level : data.rate;
      const point = picked.points[index];
      if (picked.cell && point?.value != null) open({ ...picked.cell, periodMs: point.periodMs });
    },
    [data, open],
  );
  return (
    <PanelFrame
      {...place}
      meta={
        <span title={broken?.breakNote}>
          {data.level.unit}
          {unsettled && ` · 虚线未定案${lacking ? '或不完整' : ''}`}
          {!unsettled && lacking && ' · 虚线不完整'}
          {unverified && ' · 橙边待核'}
        </span>
      }
      demo={data.demo}
      table={<SeriesTable series={series} />}
    >
      <ChartCanvas label={data.sentence} option={option} onPoint={onPoint} />
    </PanelFrame>
  );
}
