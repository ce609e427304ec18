'use client';

import { DemoTag, UnverifiedTag } from '@/components/metric/Marks';
import { useOpenPassport } from '@/components/metric/passport-context';
import { PanelFrame } from '@/components/screen/PanelFrame';
import type { PanelProps } from '@/components/screen/panel-props';
import styles from '@/components/screen/panels/panels.module.css';
import { useWholeRows } from '@/components/screen/use-whole-rows';
import { cx } from '@/components/ui/cx';
import { clockZh, instantZh } from '@/components/ui/instant';
import { DAY_MS } from '@/metrics/time/zone';
import type { ScreenEvent } from '@/server/services/screens/types';

const KIND_ZH = { load: '入库', turn: '转级', release: '发布' } as const;
const TURN_ZH = { favourable: '转好', unfavourable: '转差', neutral: '转级' } as const;

/** What has just come in, newest first. */
export function EventsPanel({ place, data }: PanelProps<'events'>) {
  const open = useOpenPassport();
  const list = useWholeRows<HTMLUListElement>(data.events);
  const newestMs = data.events[0]?.atMs ?? 0;
  return (
    <PanelFrame
      {...place}
      meta={`数据与事件,新的在前${data.events.some(({ assumed }) => assumed) ? ' · * 发布日按惯例推定' : ''}`}
    >
      {data.events.length === 0 ? (
        <p className={styles.note}>还没有新的数据或事件</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must be reachable by keyboard
        <ul ref={list} className={styles.events} tabIndex={0} aria-label="刚刚进来的数据与事件">
          {data.events.map((event) => (
            <li key={event.key}>
              <time dateTime={new Date(event.atMs).toISOString()} title={dayTitle(event)}>
                {when(event, newestMs)}
                {event.assumed && '*'}
              </time>
              <span className={cx(styles.kind, event.kind === 'turn' && styles[event.tone])}>
                {event.kind === 'turn' ? TURN_ZH[event.tone] : KIND_ZH[event.kind]}
              </span>
              <span className={styles.eventText}>
                {event.cell ? (
                  <button type="button" onClick={() => event.cell && open(event.cell)}>
                    <span>{event.title}</span>
                  </button>
                ) : (
                  <span>{event.title}</span>
                )}
                <small title={event.detail}>{event.detail}</small>
              </span>
              <span>
                <UnverifiedTag reason={event.unverified ?? null} /> {event.demo && <DemoTag />}
              </span>
            </li>
          ))}
        </ul>
      )}
    </PanelFrame>
  );
}

function dayTitle({ atMs, assumed }: ScreenEvent): string {
  return assumed ? `${instantZh(atMs).slice(0, 10)},发布日按惯例推定` : instantZh(atMs);
}

/** Time of the day for what is fresh, the date for what is older and for releases: of them the day alone is known. */
function when({ atMs, kind }: ScreenEvent, newestMs: number): string {
  return kind !== 'release' && newestMs - atMs < DAY_MS
    ? clockZh(atMs).time.slice(0, 5)
    : instantZh(atMs).slice(2, 10);
}
