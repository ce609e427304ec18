'use client';

import { useEffect, useState } from 'react';
import styles from '@/components/screen/screen.module.css';
import { clockZh } from '@/components/ui/instant';

const SECOND_MS = 1000;

/** Asia/Shanghai wherever the wall hangs. Empty until the browser runs: the server's second is not the reader's. */
export function Clock() {
  const [nowMs, setNowMs] = useState<number | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const now = Date.now();
      setNowMs(now);
      timer = setTimeout(tick, SECOND_MS - (now % SECOND_MS));
    };
    tick();
    return () => clearTimeout(timer);
  }, []);
  const shown = nowMs === null ? null : clockZh(nowMs);
  return (
    <span className={styles.clock}>
      <span className={styles.date}>{shown?.date}</span>
      <span className={styles.time}>{shown?.time}</span>
    </span>
  );
}
