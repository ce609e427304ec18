'use client';

import { useOpenPassport } from '@/components/metric/passport-context';
import { PanelFrame } from '@/components/screen/PanelFrame';
import type { PanelProps } from '@/components/screen/panel-props';
import styles from '@/components/screen/panels/figures.module.css';
import { SERIES } from '@/components/ui/palette';

/** Dark words on each pass AA. */
const COLOURS = [SERIES[1], '#3688b8', '#6f7bd6'];

/** Shares of a whole, a bar a year; a year that lacks a part has no bar. */
export function SharesPanel({ place, region, data }: PanelProps<'shares'>) {
  const open = useOpenPassport();
  const unverified = data.periods.some(({ parts }) => parts.some((part) => part.unverified !== null));
  const names = data.periods[0]?.parts ?? [];
  return (
    <PanelFrame
      {...place}
      meta={`${region.shortName} · 占比 %${unverified ? ' · 橙线待核' : ''}`}
      demo={data.demo}
    >
      <p className="visually-hidden">{data.sentence}</p>
      <ul className={styles.legendRow}>
        {names.map((part, index) => (
          <li key={part.key}>
            <i style={{ background: COLOURS[index] }} />
            {part.name}
          </li>
        ))}
      </ul>
      <ul className={styles.shares}>
        {data.periods.toReversed().map((period) => (
          <li key={period.periodMs} data-break={period.breakNote !== null}>
            <span className={styles.shareYear}>{period.label}</span>
            {period.parts.some(({ share }) => share === null) ? (
              <span className={styles.shareGap}>— 分产业数据不全</span>
            ) : (
              <span className={styles.shareBar}>
                {period.parts.map((part, index) => (
                  <button
                    key={part.key}
                    type="button"
                    data-unverified={part.unverified !== null}
                    style={{ width: `${Number(part.share)}%`, background: COLOURS[index] }}
                    title={`${period.label}${part.name} ${part.text},${part.figure.text} ${part.figure.unit}${unverifiedText(part)}`}
                    aria-label={`${period.label}${part.name}占 ${part.text}${unverifiedText(part)},打开数字护照`}
                    onClick={() => part.figure.cell && open(part.figure.cell)}
                  >
                    {Number(part.share) >= 12 ? part.text.replace('%', '') : ''}
                  </button>
                ))}
              </span>
            )}
            {period.breakNote && (
              <small className={styles.shareBreak} title={period.breakNote}>
                {period.breakNote}
              </small>
            )}
          </li>
        ))}
      </ul>
    </PanelFrame>
  );
}

function unverifiedText({ unverified }: { unverified: string | null }): string {
  return unverified === null ? '' : `(待核:${unverified})`;
}
