'use client';

import { FigureValue } from '@/components/metric/FigureValue';
import styles from '@/components/screen/panels/map.module.css';
import type { MapData } from '@/server/services/screens/types';

/** The county that the screen is drilled to: every figure of the map that it has, and what it has not. */
export function RegionCard({ data: { selected, children, metrics } }: { data: MapData }) {
  const place = children.find(({ code }) => code === selected);
  if (!place) return null;
  const figures = metrics.flatMap((metric) => {
    const figure = metric.figures.find(({ region }) => region === selected);
    return figure ? [{ metric, figure }] : [];
  });
  const present = figures.filter(({ figure }) => figure.value !== null);
  const missing = figures.filter(({ figure }) => figure.value === null);
  return (
    <section className={styles.card} aria-label={`${place.name}各项数`}>
      <h3>{place.name}</h3>
      <dl>
        {present.map(({ metric, figure }) => (
          <div key={metric.key}>
            <dt>{metric.name}</dt>
            <dd>
              <FigureValue figure={figure} unit />
              <small>{figure.periodLabel}</small>
            </dd>
          </div>
        ))}
      </dl>
      {missing.map(({ metric, figure }) => (
        <p key={metric.key}>{metric.note ?? `${metric.name}:${figure.reason ?? '无数据'}`}</p>
      ))}
    </section>
  );
}
