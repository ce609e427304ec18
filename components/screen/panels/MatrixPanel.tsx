'use client';

import { FigureValue } from '@/components/metric/FigureValue';
import { PanelFrame } from '@/components/screen/PanelFrame';
import type { PanelProps } from '@/components/screen/panel-props';
import panels from '@/components/screen/panels/panels.module.css';
import styles from '@/components/screen/panels/table.module.css';

/** Regions by metrics, every number its own passport. */
export function MatrixPanel({ place, data }: PanelProps<'matrix'>) {
  if (data.note) {
    return (
      <PanelFrame {...place}>
        <p className={panels.note}>{data.note}</p>
      </PanelFrame>
    );
  }
  return (
    <PanelFrame
      {...place}
      meta={[data.periodLabel, data.lacking].filter(Boolean).join(' · ')}
      demo={data.demo}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={styles.matrixBox} tabIndex={0} aria-label={`${place.title}数据表`}>
        <table className={`${styles.table} ${styles.fill}`}>
          <thead>
            <tr>
              <th scope="col">地区</th>
              {data.columns.map((column) => (
                <th key={column.key} scope="col">
                  {column.name}
                  {column.unit && <small>{column.unit}</small>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.region.code}>
                <th scope="row">{row.region.shortName}</th>
                {row.figures.map((figure) => (
                  <td key={figure.metric}>
                    <FigureValue figure={figure} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </PanelFrame>
  );
}
