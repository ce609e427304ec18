'use client';

import { BarChart, LineChart } from 'echarts/charts';
import {
  AxisPointerComponent,
  GraphicComponent,
  GridComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import { type EChartsCoreOption, type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef, useState } from 'react';
import { useReducedMotion } from '@/components/ui/use-reduced-motion';
import { useRootScale } from '@/components/ui/use-root-scale';

use([
  BarChart,
  LineChart,
  GraphicComponent,
  GridComponent,
  TooltipComponent,
  AxisPointerComponent,
  MarkLineComponent,
  CanvasRenderer,
]);

export interface ChartBox {
  width: number;
  height: number;
  k: number;
  still: boolean;
}

interface Props {
  /** The picture in a sentence. */
  label: string;
  option(box: ChartBox): EChartsCoreOption;
  onPoint?: ((index: number, series: number) => void) | undefined;
}

/** The only place that knows the chart library. */
export default function ChartCanvas({ label, option, onPoint }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const k = useRootScale();
  const still = useReducedMotion();
  const onPointNow = useRef(onPoint);
  onPointNow.current = onPoint;

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    // Words are drawn in what is there; a face that comes later has to be drawn again.
    const redraw = () => chart.current?.resize();
    document.fonts.addEventListener('loadingdone', redraw);
    return () => {
      document.fonts.removeEventListener('loadingdone', redraw);
      observer.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    // A hidden panel has no size; the chart is made when it gets one.
    if (!host.current || size.width === 0 || size.height === 0) return;
    if (!chart.current) {
      const created = init(host.current);
      created.on('click', (event) => onPointNow.current?.(event.dataIndex, event.seriesIndex ?? 0));
      chart.current = created;
    }
    chart.current.resize(size);
    chart.current.setOption(option({ ...size, k, still }), { notMerge: true });
  }, [option, size, k, still]);

  return <div ref={host} role="img" aria-label={label} style={{ width: '100%', height: '100%' }} />;
}
