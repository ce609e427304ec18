import { Delta } from '@/components/metric/Delta';
import styles from '@/components/screen/panels/panels.module.css';
import type { ChangeFigure, Figure } from '@/server/services/screens/types';

interface Props {
  change: ChangeFigure;
  figure: Figure;
  rule?: boolean;
}

/**
 * A change beside its number. Without a value it says why: a bare dash would look like a failure. Of a period that still
 * runs, 至今 beside it says enough.
 */
export function ChangeSlot({ change, figure, rule = true }: Props) {
  if (change.value !== null) return <Delta change={change} rule={rule} />;
  if (figure.value === null || figure.periodLabel.endsWith('至今')) return null;
  const sentence = `${change.label}:${change.rule}`;
  return (
    <span className={styles.noChange} title={sentence}>
      {sentence}
    </span>
  );
}
