'use client';

import { type CSSProperties, useCallback, useEffect, useRef } from 'react';
import { PassportProvider } from '@/components/metric/passport-context';
import { instantOfAddress } from '@/components/screen/as-of-address';
import { Header } from '@/components/screen/Header';
import { gridVariables } from '@/components/screen/layout';
import { PanelView } from '@/components/screen/PanelView';
import { RegionalMetricProvider } from '@/components/screen/regional-metric';
import styles from '@/components/screen/screen.module.css';
import { useAddress } from '@/components/screen/use-address';
import { useScreen } from '@/components/screen/use-screen';
import { Successors } from '@/components/ui/Successors';
import type { RegionCode } from '@/metrics/model/cell';

interface Props {
  screen: string;
  region?: RegionCode | undefined;
  /** As the address has it: the picture as it was known at this instant; default now. */
  asOf?: string | undefined;
}

/** A whole wall: one snapshot, its panels in a grid, and what is to be said about the connection. */
export function Screen({ screen, region: firstRegion, asOf: firstAsOf }: Props) {
  const { region, asOf, go } = useAddress({ region: firstRegion, asOf: firstAsOf });
  const { asOfMs, problem } = instantOfAddress(asOf, Date.now());
  const { snapshot, changing, error, refused, lostSinceMs } = useScreen({ screen, region, asOfMs });
  const drill = useCallback(
    (code: RegionCode) => go({ region: code === snapshot?.root.code ? undefined : code }),
    [go, snapshot?.root.code],
  );
  const look = useCallback((text: string | undefined) => go({ asOf: text }), [go]);
  // Up one level; from a drill that is still being read, back to what is seen.
  const up =
    region === undefined
      ? undefined
      : region === snapshot?.region.code
        ? snapshot.path.at(-2)
        : snapshot?.region;
  useEscape(up && (() => drill(up.code)));
  if (!snapshot) {
    return (
      <main className={styles.empty} role="status">
        {refused && (
          <>
            <p>
              {error?.message}
              {region !== undefined && <Successors code={region} hrefOf={(code) => `/?region=${code}`} />}{' '}
              <a href="/">回到首页</a>
            </p>
            {/* The first page itself may be what is refused. */}
            <form method="post" action="/api/auth/sign-out">
              <button type="submit">退出登录</button>
            </form>
          </>
        )}
        {!refused && (error ? `数据读取失败:${error.message}(自动重试中)` : '正在读取第一幅画面…')}
      </main>
    );
  }
  return (
    // What is on the screen decides, not what was asked for last: a number opens the passport of its own picture.
    <PassportProvider asOfMs={snapshot.pinned ? snapshot.asOfMs : undefined}>
      <RegionalMetricProvider>
        <div
          className={styles.wall}
          style={gridVariables(snapshot.layouts) as CSSProperties}
          aria-busy={changing}
          data-pinned={snapshot.pinned}
        >
          <Header snapshot={snapshot} lostSinceMs={lostSinceMs} problem={problem} onLook={look} />
          <main className={styles.grid}>
            {snapshot.panels.map((panel) => (
              <PanelView
                key={panel.id}
                panel={panel}
                layouts={snapshot.layouts}
                path={snapshot.path}
                onDrill={drill}
              />
            ))}
          </main>
        </div>
      </RegionalMetricProvider>
    </PassportProvider>
  );
}

function useEscape(act: (() => void) | undefined): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // A dialog on top has Esc to itself.
      if (event.key === 'Escape' && !document.querySelector('dialog[open]')) latest.current?.();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
