'use client';

import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import own from '@/components/desk/parts.module.css';
import { classColours, fillOf } from '@/components/maps/layers/classes';
import { sceneOf } from '@/components/maps/layers/scene';
import { Undrawn } from '@/components/maps/Undrawn';
import { useBoundaries } from '@/components/maps/use-boundaries';
import { figureSentence } from '@/components/metric/status';
import type { RegionCode } from '@/metrics/model/cell';
import type { RegionTable } from '@/server/services/desk/types';

const MapCanvas = dynamic(() => import('@/components/maps/MapCanvas'), { ssr: false });

/** The same numbers as the table, where they lie. */
export function RegionMap({
  table,
  unit,
  onRegion,
}: {
  table: RegionTable;
  unit: string;
  onRegion(code: RegionCode): void;
}) {
  const boundaries = useBoundaries();
  const [hovered, setHovered] = useState<RegionCode | null>(null);
  const topology = boundaries.data?.topology;
  const { code } = table.container;
  const scene = useMemo(() => (topology ? sceneOf(topology, code) : null), [topology, code]);
  const byCode = useMemo(() => new Map(table.rows.map((row) => [row.region.code, row])), [table.rows]);
  const view = useMemo(() => {
    const places = scene?.labels ?? [];
    return {
      fill: (at: RegionCode) => fillOf(table, at),
      without: new Set(
        places.map((place) => place.code).filter((at) => byCode.get(at)?.figure.value == null),
      ),
      labels: places.map(({ code: at, name }) => {
        const figure = byCode.get(at)?.figure;
        const sentence = figure ? figureSentence(figure) : '不在数据范围内';
        return { code: at, name, text: figure?.text ?? '—', sentence: `${name}:${sentence}` };
      }),
    };
  }, [scene, table, byCode]);
  const shown = hovered === null ? undefined : byCode.get(hovered);
  const colours = classColours(table);
  return (
    <div className={own.map} onPointerLeave={() => setHovered(null)}>
      <div className={own.mapStage}>
        {scene && (
          <MapCanvas
            scene={scene}
            labels={view.labels}
            fill={view.fill}
            without={view.without}
            selected={null}
            hovered={hovered}
            onHover={setHovered}
            onPick={(at) => byCode.has(at) && onRegion(at)}
          />
        )}
        {boundaries.isError && !scene && <p className={own.mapNote}>边界读取失败,数据见表</p>}
        {topology && !scene && <p className={own.mapNote}>边界文件中没有{table.container.name},数据见表</p>}
      </div>
      <p className={own.mapHover} aria-live="off">
        {shown
          ? `${shown.region.name} ${shown.figure.text} ${shown.figure.value === null ? (shown.figure.reason ?? '') : unit}${shown.change.value === null ? '' : ` · 同比 ${shown.change.text}`}`
          : '点一个地区,看它的全部'}
      </p>
      <ul className={own.legend}>
        {table.classes.map(({ label, from, to }, index) => (
          <li key={label}>
            <i style={{ background: colours[index] }} />
            {table.scale === 'standard' ? `${label} ${from}${to === null ? '+' : `–${to}`}` : label}
          </li>
        ))}
        {view.without.size > 0 && (
          <li>
            <i className={own.hatch} />
            无数({view.without.size})
          </li>
        )}
      </ul>
      <p className={own.mapSource}>
        <Undrawn scene={scene} />
        {table.scale === 'quantile' && table.classes.length > 0 && '分位数分级 · '}
        {boundaries.data?.sourceLine}
      </p>
    </div>
  );
}
