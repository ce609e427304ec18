'use client';

import { Delta } from '@/components/metric/Delta';
import { FigureValue } from '@/components/metric/FigureValue';
import { Lamp } from '@/components/metric/Lamp';
import { PanelFrame } from '@/components/screen/PanelFrame';
import type { PanelProps } from '@/components/screen/panel-props';
import styles from '@/components/screen/panels/panels.module.css';
import own from '@/components/screen/panels/ranking.module.css';
import { rankingColumns, rankingNote, rankingTitle } from '@/components/screen/panels/ranking-columns';
import { useRegionalMetric } from '@/components/screen/regional-metric';
import { cx } from '@/components/ui/cx';

/** The subordinates in rank, bars from zero. Columns that would be nothing but dashes are left out, and a line says why. */
export function RankingPanel({ place, data, onDrill }: PanelProps<'ranking'>) {
  const [ranking] = useRegionalMetric(data.rankings);
  if (!ranking) return <PanelFrame {...place} error="没有可比较的指标" />;
  const level = ranking.rows[0]?.region.level === 'county' ? '县区' : '市';
  const unverified = ranking.rows.filter(({ figure }) => figure.unverified !== null).length;
  const meta = [
    ranking.periodLabel,
    ranking.unit,
    ranking.rows.length > 0 && `${ranking.covered}/${ranking.rows.length} ${level}`,
    unverified > 0 && `${unverified} 个待核`,
  ];
  const { rows, ranks, lamps, changes } = rankingColumns(ranking);
  const note = rankingNote(ranking, level);
  return (
    <PanelFrame
      {...place}
      title={rankingTitle(data.region, ranking)}
      meta={meta.filter(Boolean).join(' · ')}
      demo={ranking.demo}
    >
      {ranking.note ? (
        <p className={styles.note}>{ranking.note}</p>
      ) : (
        <>
          <ol className={cx(own.ranking, ranks && own.ranked, lamps && own.lamped, changes && own.changed)}>
            {rows.map((row) => (
              <li key={row.region.code} className={cx(row.region.code === data.selected && own.own)}>
                {ranks && <span className={own.rank}>{row.rank ?? '—'}</span>}
                <button
                  type="button"
                  className={own.place}
                  aria-current={row.region.code === data.selected ? 'true' : undefined}
                  onClick={() => onDrill(row.region.code)}
                  title={`查看${row.region.name}`}
                >
                  {row.region.shortName}
                </button>
                {lamps && (
                  <span>
                    <Lamp lamp={row.figure.lamp} />
                  </span>
                )}
                <span className={own.track} aria-hidden="true">
                  {row.bar !== null && <span className={own.bar} style={{ width: `${row.bar * 100}%` }} />}
                </span>
                <FigureValue figure={row.figure} className={own.rankValue} />
                {changes && (
                  <span className={own.rankDelta}>
                    <Delta change={row.change} label={false} rule={false} />
                  </span>
                )}
              </li>
            ))}
          </ol>
          {note && <p className={own.rankNote}>{note}</p>}
        </>
      )}
    </PanelFrame>
  );
}
