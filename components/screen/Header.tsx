'use client';

import { type ReactNode, useCallback, useState } from 'react';
import { DemoTag } from '@/components/metric/Marks';
import { AsOfDialog } from '@/components/screen/AsOfDialog';
import own from '@/components/screen/as-of.module.css';
import { Banner } from '@/components/screen/Banner';
import { Clock } from '@/components/screen/Clock';
import styles from '@/components/screen/screen.module.css';
import { cx } from '@/components/ui/cx';
import { instantZh } from '@/components/ui/instant';
import type { ScreenSnapshot } from '@/server/services/screens/types';

interface Props {
  snapshot: ScreenSnapshot;
  /** Since when the picture is not known to be current; null while the connection stands. */
  lostSinceMs: number | null;
  /** Why the address's instant is not followed. */
  problem: string | null;
  /** Shows the picture as known at an instant; undefined is now. */
  onLook(asOf: string | undefined): void;
  /** The ways out; a wall without a person has none. */
  menu?: ReactNode;
}

/** Title, what the picture shows and as of when, connection, ways out, clock. */
export function Header({ snapshot, lostSinceMs, problem, onLook, menu }: Props) {
  const lost = lostSinceMs !== null;
  const { newest, pinned, asOfMs, demo, title } = snapshot;
  const [choosing, setChoosing] = useState(false);
  const close = useCallback(() => setChoosing(false), []);
  return (
    <header className={styles.header}>
      <h1>{title}</h1>
      {lostSinceMs !== null && <Banner sinceMs={lostSinceMs} />}
      <div className={styles.headerInfo}>
        {demo && <DemoTag title="画面中带此标记的数字由程序生成,不是真实记录" />}
        {problem && (
          <span className={own.problem} role="alert">
            {problem}
          </span>
        )}
        {pinned ? (
          <span className={own.pinned} role="status">
            <strong>定格</strong> 截至 {instantZh(asOfMs)} 所知
          </span>
        ) : (
          newest && (
            <span className={styles.dataTime} title={`${newest.name} ${newest.periodLabel}`}>
              数据截至 {instantZh(newest.vintageMs)}
            </span>
          )
        )}
        <button type="button" className={own.open} onClick={() => setChoosing(true)}>
          当时看到的数
        </button>
        {pinned && (
          <button type="button" className={own.open} onClick={() => onLook(undefined)}>
            回到实时
          </button>
        )}
        <span
          className={cx(styles.connection, lost && styles.lost, pinned && !lost && own.still)}
          role="status"
        >
          <span aria-hidden="true">{lost ? '✕' : pinned ? '❚❚' : '●'}</span>{' '}
          {lost ? '连接中断' : pinned ? '已定格' : '实时'}
        </span>
        {menu}
        <Clock />
      </div>
      {choosing && <AsOfDialog shownMs={asOfMs} pinned={pinned} onLook={onLook} onClose={close} />}
    </header>
  );
}
