'use client';

import { Delta } from '@/components/metric/Delta';
import { FigureValue } from '@/components/metric/FigureValue';
import { Marks } from '@/components/metric/Marks';
import styles from '@/components/screen/panels/table.module.css';
import type { RegionCode } from '@/metrics/model/cell';
import type { MapMetric, RegionRef } from '@/server/services/screens/types';

interface Props {
  metric: MapMetric;
  places: RegionRef[];
  selected: RegionCode | null;
  onDrill(code: RegionCode): void;
}

/** The map as a table: the same regions, the same numbers. */
export function MapTable({ metric, places, selected, onDrill }: Props) {
  const figures = new Map(metric.figures.map((figure) => [figure.region, figure]));
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">地区</th>
          <th scope="col">
            {metric.name}
            {metric.unit && `(${metric.unit})`}
          </th>
          <th scope="col">同比</th>
          <th scope="col">时期与状态</th>
        </tr>
      </thead>
      <tbody>
        {places.map((region) => {
          const figure = figures.get(region.code);
          const change = metric.changes[region.code];
          return (
            <tr key={region.code} aria-current={region.code === selected ? 'true' : undefined}>
              <th scope="row">
                <button type="button" onClick={() => onDrill(region.code)}>
                  {region.name}
                </button>
              </th>
              <td>{figure && <FigureValue figure={figure} />}</td>
              <td>{change && <Delta change={change} label={false} />}</td>
              <td>
                {figure?.periodLabel} {figure && <Marks figure={figure} />}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
