'use client';

import { Delta } from '@/components/metric/Delta';
import { FigureValue } from '@/components/metric/FigureValue';
import { Lamp } from '@/components/metric/Lamp';
import { PanelFrame } from '@/components/screen/PanelFrame';
import type { PanelProps } from '@/components/screen/panel-props';
import styles from '@/components/screen/panels/panels.module.css';
import { useRegionalMetric } from '@/components/screen/regional-metric';
import { cx } from '@/components/ui/cx';

/** The subordinates in rank, bars from zero. */
export function RankingPanel({ place, region, path, data, onDrill }: PanelProps<'ranking'>) {
  const [ranking] = useRegionalMetric(data.rankings);
  if (!ranking) return <PanelFrame {...place} error="没有可比较的指标" />;
  const level = ranking.rows[0]?.region.level === 'county' ? '县区' : '市';
  const unverified = ranking.rows.filter(({ figure }) => figure.unverified !== null).length;
  const places = ranking.rows.length > 0;
  const meta = places
    ? [
        ranking.periodLabel,
        ranking.unit,
        `${ranking.covered}/${ranking.rows.length} ${level}`,
        unverified > 0 && `${unverified} 个待核`,
      ]
        .filter(Boolean)
        .join(' · ')
    : region.name;
  const lamps = ranking.rows.some(
    ({ figure: { lamp } }) => lamp && lamp.colour !== 'none' && lamp.colour !== 'unjudged',
  );
  const drillable = path.length === 1 && region.level === 'province';
  return (
    <PanelFrame
      {...place}
      title={`${region.level === 'province' ? '' : region.shortName}${ranking.name}${place.title}`}
      meta={meta}
      demo={ranking.demo}
    >
      {ranking.note ? (
        <p className={styles.note}>{ranking.note}</p>
      ) : (
        <ol className={cx(styles.ranking, lamps && styles.lamped)}>
          {ranking.rows.map((row) => (
            <li key={row.region.code}>
              <span className={styles.rank}>{row.rank ?? '—'}</span>
              {drillable ? (
                <button
                  type="button"
                  className={styles.place}
                  onClick={() => onDrill(row.region.code)}
                  title={`查看${row.region.name}`}
                >
                  {row.region.shortName}
                </button>
              ) : (
                <span className={styles.place}>{row.region.shortName}</span>
              )}
              {lamps && (
                <span>
                  <Lamp lamp={row.figure.lamp} />
                </span>
              )}
              <span className={styles.track} aria-hidden="true">
                {row.bar !== null && <span className={styles.bar} style={{ width: `${row.bar * 100}%` }} />}
              </span>
              <FigureValue figure={row.figure} className={styles.rankValue} />
              <span className={styles.rankDelta}>
                <Delta change={row.change} label={false} rule={false} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </PanelFrame>
  );
}
