import styles from '@/components/metric/metric.module.css';
import { sparkShape } from '@/components/metric/sparkline';
import type { SeriesPoint } from '@/server/services/screens/types';

/** Shape of the last periods; decoration beside a number that is text, so hidden from screen readers. */
export function Sparkline({ points }: { points: readonly SeriesPoint[] }) {
  const shape = sparkShape(points.map(({ value }) => value));
  if (!shape.last) return null;
  return (
    <svg className={styles.spark} viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true">
      <path d={shape.line} className={styles.sparkLine} />
      <path d={shape.dots} className={styles.sparkDot} />
      <path d={`M${shape.last.x} ${shape.last.y}h0`} className={styles.sparkLast} />
    </svg>
  );
}
