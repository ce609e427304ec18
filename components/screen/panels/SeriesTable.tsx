'use client';

import { UnverifiedTag } from '@/components/metric/Marks';
import { useOpenPassport } from '@/components/metric/passport-context';
import styles from '@/components/screen/panels/table.module.css';
import type { Series } from '@/server/services/screens/types';

/** The same numbers as the chart, newest first; each opens its passport. */
export function SeriesTable({ series }: { series: readonly Series[] }) {
  const open = useOpenPassport();
  const periods = [...(series[0]?.points ?? [])].reverse();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">时期</th>
          {series.map((entry) => (
            <th key={entry.key} scope="col">
              {entry.name}
              {entry.unit && `(${entry.unit})`}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {periods.map(({ periodMs, label }) => (
          <tr key={periodMs}>
            <th scope="row">
              {label}
              {noteOf(series, periodMs)}
            </th>
            {series.map((entry) => {
              const point = entry.points.find((candidate) => candidate.periodMs === periodMs);
              const { cell } = entry;
              return (
                <td key={entry.key}>
                  {cell && point?.value != null ? (
                    <button type="button" onClick={() => open({ ...cell, periodMs })}>
                      {point.text}
                    </button>
                  ) : (
                    (point?.text ?? '—')
                  )}{' '}
                  {point?.partial && <small>不完整</small>}{' '}
                  <UnverifiedTag reason={point?.unverified ?? null} />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Between this period and the one before a series breaks. */
function noteOf(series: readonly Series[], periodMs: number) {
  const points = series.flatMap((entry) => entry.points.filter((point) => point.periodMs === periodMs));
  const note = points.find(({ breakNote }) => breakNote !== undefined)?.breakNote;
  return note && <small className={styles.break}>{note}</small>;
}
