'use client';

import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { fillOf } from '@/components/maps/layers/classes';
import { sceneOf } from '@/components/maps/layers/scene';
import { Undrawn } from '@/components/maps/Undrawn';
import { useBoundaries } from '@/components/maps/use-boundaries';
import { useOpenPassport } from '@/components/metric/passport-context';
import { figureSentence } from '@/components/metric/status';
import { PanelFrame } from '@/components/screen/PanelFrame';
import type { PanelProps } from '@/components/screen/panel-props';
import { MapLegend } from '@/components/screen/panels/MapLegend';
import { MapPath } from '@/components/screen/panels/MapPath';
import { MapTable } from '@/components/screen/panels/MapTable';
import styles from '@/components/screen/panels/map.module.css';
import { RegionCard } from '@/components/screen/panels/RegionCard';
import { useRegionalMetric } from '@/components/screen/regional-metric';
import { cx } from '@/components/ui/cx';
import type { RegionCode } from '@/metrics/model/cell';

const MapCanvas = dynamic(() => import('@/components/maps/MapCanvas'), { ssr: false });

/** The province by city, a city by county; the same numbers as a table. */
export function MapPanel({ place, path, data, onDrill }: PanelProps<'map'>) {
  const open = useOpenPassport();
  const boundaries = useBoundaries();
  const [metric, choose, wanted] = useRegionalMetric(data.metrics);
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

  const pick = (code: RegionCode) => {
    // The region of the screen itself is where one is already: its number is what is left to ask for.
    const cell = view?.byCode.get(code)?.cell;
    if (code !== data.selected && code !== data.region.code) onDrill(code);
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
              disabled={candidate.covered === 0}
              title={candidate.note ?? undefined}
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
              <MapTable metric={metric} places={data.children} selected={data.selected} onDrill={onDrill} />
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
              selected={data.selected}
              hovered={hovered}
              onHover={setHovered}
              onPick={pick}
            />
          )}
        </div>
        {boundaries.isError && !scene && <p className={styles.note}>边界读取失败,数据见“表格”</p>}
        {topology && !scene && <p className={styles.note}>边界文件中没有{data.region.name},数据见“表格”</p>}
        <div className={styles.over}>
          <MapPath path={path} onDrill={onDrill} />
          {wanted?.note && metric && data.selected === null && (
            <p className={styles.noData} role="status">
              {wanted.note};此处为{metric.name}
            </p>
          )}
          {metric?.note && (
            <p className={styles.noData} role="status">
              {metric.note}
            </p>
          )}
        </div>
        {data.selected !== null && <RegionCard data={data} />}
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
            ) : metric?.note || data.children.length < 2 ? (
              ''
            ) : data.children[0]?.level === 'city' ? (
              '点击进入各市'
            ) : (
              '点击查看各县(市、区)'
            )}
          </p>
          {metric && data.children.length > 0 && <MapLegend metric={metric} total={data.children.length} />}
        </div>
        <p className={styles.source}>
          <Undrawn scene={scene} />
          {boundaries.data?.sourceLine}
        </p>
      </div>
    </PanelFrame>
  );
}
