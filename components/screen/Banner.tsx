'use client';

import { useEffect, useState } from 'react';
import styles from '@/components/screen/screen.module.css';
import { ageZh } from '@/components/ui/instant';

/** The last good picture stays; this says how old it is, and keeps saying it. */
export function Banner({ sinceMs }: { sinceMs: number }) {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className={styles.banner} role="alert">
      连接中断 · 画面为 <strong>{ageZh(nowMs - sinceMs)}</strong> · 正在自动重连
    </div>
  );
}
