'use client';

import { DemoTag } from '@/components/metric/Marks';
import { Clock } from '@/components/screen/Clock';
import styles from '@/components/screen/screen.module.css';
import { cx } from '@/components/ui/cx';
import { instantZh } from '@/components/ui/instant';
import type { ScreenSnapshot } from '@/server/services/screens/types';

/** Title, what the picture shows and as of when, connection, clock. */
export function Header({ snapshot, lost }: { snapshot: ScreenSnapshot; lost: boolean }) {
  const { newest, pinned, asOfMs, demo, title } = snapshot;
  return (
    <header className={styles.header}>
      <h1>{title}</h1>
      <div className={styles.headerInfo}>
        {demo && <DemoTag title="画面中带此标记的数字由程序生成,不是真实记录" />}
        {newest && (
          <span className={styles.dataTime} title={`${newest.name} ${newest.periodLabel}`}>
            {pinned ? `历史画面:截至 ${instantZh(asOfMs)} 所知` : `数据截至 ${instantZh(newest.vintageMs)}`}
          </span>
        )}
        <span className={cx(styles.connection, lost && styles.lost)} role="status">
          <span aria-hidden="true">{lost ? '✕' : '●'}</span> {lost ? '连接中断' : pinned ? '已定格' : '实时'}
        </span>
        <Clock />
      </div>
    </header>
  );
}
