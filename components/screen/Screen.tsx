'use client';

import { type CSSProperties, useCallback, useEffect, useRef } from 'react';
import { PassportProvider } from '@/components/metric/passport-context';
import { instantOfAddress } from '@/components/screen/as-of-address';
import { Header } from '@/components/screen/Header';
import { gridVariables } from '@/components/screen/layout';
import { NothingKnown } from '@/components/screen/NothingKnown';
import { PanelView } from '@/components/screen/PanelView';
import { RegionalMetricProvider } from '@/components/screen/regional-metric';
import styles from '@/components/screen/screen.module.css';
import { useAddress } from '@/components/screen/use-address';
import { useScreen } from '@/components/screen/use-screen';
import { WallMenu } from '@/components/screen/WallMenu';
import { OtherFaces } from '@/components/shell/OtherFaces';
import type { ApiOutputs } from '@/components/trpc/outputs';
import { Successors } from '@/components/ui/Successors';
import type { RegionCode } from '@/metrics/model/cell';

interface Props {
  screen: string;
  region?: RegionCode | undefined;
  /** As the address has it: the picture as it was known at this instant; default now. */
  asOf?: string | undefined;
  /** Who looks; a wall that came by its device link is nobody. */
  me?: ApiOutputs['session']['me'] | undefined;
}

/** A whole wall: one snapshot, its panels in a grid, and what is to be said about the connection. */
export function Screen({ screen, region: firstRegion, asOf: firstAsOf, me }: Props) {
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
    if (refused) return <Refusal message={error?.message ?? ''} region={region} me={me} />;
    return (
      <main className={styles.empty} role="status">
        {error ? `数据读取失败:${error.message}(自动重试中)` : '正在读取第一幅画面…'}
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
          <Header
            snapshot={snapshot}
            lostSinceMs={lostSinceMs}
            problem={problem}
            onLook={look}
            menu={me && <WallMenu me={me} />}
          />
          {snapshot.nothingKnown ? (
            <NothingKnown asOfMs={snapshot.asOfMs} {...snapshot.nothingKnown} onLook={look} />
          ) : (
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
          )}
        </div>
      </RegionalMetricProvider>
    </PassportProvider>
  );
}

/** The first page itself may be what is refused: the ways out are here too. */
function Refusal({ message, region, me }: { message: string } & Pick<Props, 'region' | 'me'>) {
  return (
    <main className="notice">
      <div className="notice-card">
        <h1>打不开这幅画面</h1>
        <p role="alert">
          {message}
          {region !== undefined && <Successors code={region} hrefOf={(code) => `/?region=${code}`} />}
        </p>
        <div className="notice-ways">
          <a href="/">回到首页</a>
          {me && <OtherFaces shown="wall" capabilities={me.capabilities} className="notice-ways" />}
          {me && (
            <form method="post" action="/api/auth/sign-out">
              <button type="submit">退出登录</button>
            </form>
          )}
        </div>
      </div>
    </main>
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
