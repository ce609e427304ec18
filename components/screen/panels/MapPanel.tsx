'use client';

import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { fillOf } from '@/components/maps/layers/classes';
import { sceneOf } from '@/components/maps/layers/scene';
import { useBoundaries } from '@/components/maps/use-boundaries';
import { useOpenPassport } from '@/components/metric/passport-context';
import { figureSentence } from '@/components/metric/status';
import { PanelFrame } from '@/components/screen/PanelFrame';
import type { PanelProps } from '@/components/screen/panel-props';
import { MapLegend } from '@/components/screen/panels/MapLegend';
import { MapPath } from '@/components/screen/panels/MapPath';
import { MapTable } from '@/components/screen/panels/MapTable';
import styles from '@/components/screen/panels/map.module.css';
import { useRegionalMetric } from '@/components/screen/regional-metric';
import { cx } from '@/components/ui/cx';
import type { RegionCode } from '@/metrics/model/cell';
import type { MapMetric } from '@/server/services/screens/types';

const MapCanvas = dynamic(() => import('@/components/maps/MapCanvas'), { ssr: false });

/** The province by city, a city by county; the same numbers as a table. */
export function MapPanel({ place, path, data, onDrill }: PanelProps<'map'>) {
  const open = useOpenPassport();
  const boundaries = useBoundaries();
  const [metric, choose] = useRegionalMetric(data.metrics);
  const [hovered, setHovered] = useState<RegionCode | null>(null);

  const topology = boundaries.data?.topology;
  const scene = useMemo(
    () => (topology ? sceneOf(topology, data.region.code) : null),
    [topology, data.region.code],
  );
  const view = useMemo(() => {
    if (!metric) return null;
    const byCode = new Map(metric.figures.map((figure) => [figure.region, figure]));
    const fill = (code: RegionCode) => fillOf(metric, code);
    const without = new Set(
      data.children.filter(({ code }) => byCode.get(code)?.value == null).map(({ code }) => code),
    );
    const labels = data.children.map(({ code, name }) => {
      const figure = byCode.get(code);
      return {
        code,
        name,
        text: figure?.text ?? '—',
        sentence: `${name}:${figure ? figureSentence(figure) : '无数据'}`,
      };
    });
    return { byCode, fill, without, labels };
  }, [metric, data.children]);

  const drillable = data.children[0]?.level === 'city';
  const pick = (code: RegionCode) => {
    const cell = view?.byCode.get(code)?.cell;
    if (drillable) onDrill(code);
    else if (cell) open(cell);
  };
  const shown = hovered === null ? undefined : data.children.find(({ code }) => code === hovered);
  const figure = hovered === null ? undefined : view?.byCode.get(hovered);
  const change = hovered === null ? undefined : metric?.changes[hovered];
  return (
    <PanelFrame
      {...place}
      title={`${data.region.name} · ${metric?.name ?? ''}`}
      meta={metric && [metric.periodLabel, metric.unit].filter(Boolean).join(' · ')}
      demo={metric?.demo ?? false}
      bare
      controls={
        <fieldset className={styles.segments} aria-label="地图指标">
          {data.metrics.map((candidate) => (
            <button
              key={candidate.key}
              type="button"
              aria-pressed={candidate.key === metric?.key}
              onClick={() => choose(candidate.key)}
            >
              {candidate.name}
            </button>
          ))}
        </fieldset>
      }
      table={
        metric && (
          <>
            <MapPath path={path} onDrill={onDrill} />
            {data.children.length > 0 ? (
              <MapTable metric={metric} places={data.children} onDrill={drillable ? onDrill : undefined} />
            ) : (
              <p className={styles.note}>{metric.note}</p>
            )}
          </>
        )
      }
    >
      <div className={styles.map} onPointerLeave={() => setHovered(null)}>
        <div className={styles.canvas}>
          {scene && view && (
            <MapCanvas
              scene={scene}
              labels={view.labels}
              fill={view.fill}
              without={view.without}
              hovered={hovered}
              onHover={setHovered}
              onPick={pick}
            />
          )}
        </div>
        {boundaries.isError && !scene && <p className={styles.note}>边界读取失败,数据见“表格”</p>}
        <div className={styles.over}>
          <MapPath path={path} onDrill={onDrill} />
          {metric?.note && <NoData metric={metric} others={data.metrics} choose={choose} />}
        </div>
        <div className={styles.foot}>
          <p className={cx(styles.hover, !shown && styles.idle)} aria-live="off">
            {shown && figure ? (
              <>
                <strong>{shown.name}</strong> {figure.text} {figure.value !== null && figure.unit}
                {figure.value === null && <em>{figure.reason}</em>}
                {figure.unverified && <em>待核({figure.unverified})</em>}
                {change?.value != null && (
                  <span>
                    {' '}
                    同比 {change.text}({change.rule})
                  </span>
                )}
              </>
            ) : metric?.note ? (
              ''
            ) : drillable ? (
              '点击进入各市'
            ) : (
              '点击查看数字护照'
            )}
          </p>
          {metric && data.children.length > 0 && <MapLegend metric={metric} total={data.children.length} />}
        </div>
        <p className={styles.source}>{boundaries.data?.sourceLine}</p>
      </div>
    </PanelFrame>
  );
}

interface NoDataProps {
  metric: MapMetric;
  others: readonly MapMetric[];
  choose(key: string): void;
}

/** The metric has nothing here: it says so and offers those that have, and never turns to one by itself. */
function NoData({ metric, others, choose }: NoDataProps) {
  const known = others.filter(({ covered }) => covered > 0);
  return (
    <div className={styles.noData} role="status">
      <span>{metric.note}</span>
      {known.length > 0 && <span>可改看</span>}
      {known.map(({ key, name }) => (
        <button key={key} type="button" className={styles.offer} onClick={() => choose(key)}>
          {name}
        </button>
      ))}
    </div>
  );
}
