'use client';

import styles from '@/components/metric/lamp.module.css';
import { useOpenPassport } from '@/components/metric/passport-context';
import type { TargetFigure } from '@/server/services/screens/types';

/** A year's target at one glance: how far, how far it should be, and the difference. Opens the target's passport. */
export function TargetBar({ target }: { target: TargetFigure }) {
  const open = useOpenPassport();
  const { completion, pace, gap, sentence } = target;
  return (
    <button
      type="button"
      className={styles.target}
      title={sentence}
      aria-label={`${sentence},打开目标的数字护照`}
      onClick={() => open(target.cell)}
    >
      <span className={styles.words}>
        {completion ? (
          <span>
            完成 <b>{completion.text}</b>
          </span>
        ) : (
          <span>
            目标 <b>{target.text}</b>
          </span>
        )}
        {pace && (
          <span>
            {pace.name === '时序进度' ? '时序' : '历史'} <b>{pace.text}</b>
          </span>
        )}
        {target.met !== null && <span>{target.met ? '达标' : '未达标'}</span>}
        {gap ? <b className={styles[gap.tone]}>{gap.text}</b> : <span>{target.reason}</span>}
      </span>
      {completion && (
        <span className={styles.bar}>
          <span className={styles.done} style={{ width: `${share(completion.value)}%` }} />
          {pace && <span className={styles.pace} style={{ left: `${share(pace.value)}%` }} />}
        </span>
      )}
    </button>
  );
}

/** The bar ends at 100; the number beside it does not. */
function share(percent: string): number {
  return Math.min(Math.max(Number(percent), 0), 100);
}
