import { classColours } from '@/components/maps/layers/classes';
import styles from '@/components/screen/panels/map.module.css';
import type { MapMetric } from '@/server/services/screens/types';

/** Classes with their bounds, and the mark of what has no value. */
export function MapLegend({ metric, total }: { metric: MapMetric; total: number }) {
  const colours = classColours(metric);
  const unverified = metric.figures.filter((figure) => figure.unverified !== null).length;
  const missing = total - metric.covered;
  const bounds = ({ from, to, label }: MapMetric['classes'][number]) =>
    metric.scale === 'standard' ? `${label} ${from}${to === null ? '+' : `–${to}`}` : label;
  return (
    <div className={styles.legend}>
      {metric.classes.length > 0 && (
        <span className={styles.legendTitle}>
          {metric.scale === 'standard' ? 'HJ 633 分级' : '分位数分级'}
        </span>
      )}
      <ul>
        {metric.classes.map((entry, index) => (
          <li key={entry.label}>
            <i style={{ background: colours[index] }} />
            {bounds(entry)}
          </li>
        ))}
        {missing > 0 && (
          <li>
            <i className={styles.hatch} />
            无数据({missing})
          </li>
        )}
        {unverified > 0 && <li>待核({unverified})</li>}
      </ul>
    </div>
  );
}
