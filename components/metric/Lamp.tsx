import type { ReactNode } from 'react';
import styles from '@/components/metric/lamp.module.css';
import { cx } from '@/components/ui/cx';
import type { LampColour, LampFigure } from '@/server/services/screens/types';

type LitColour = Exclude<LampColour, 'none'>;

const WORD_ZH: Readonly<Record<LitColour, string>> = {
  red: '红',
  orange: '橙',
  yellow: '黄',
  blue: '蓝',
  grey: '逾期',
  unjudged: '未判',
};

/** A shape a colour: who cannot tell the colours apart tells the shapes. */
const SHAPES: Readonly<Record<LitColour, ReactNode>> = {
  red: <path d="M1 1h14v14H1z" />,
  orange: <path d="M8 0l8 8-8 8-8-8z" />,
  yellow: <path d="M8 1l8 14H0z" />,
  blue: <circle cx="8" cy="8" r="7" />,
  grey: <circle cx="8" cy="8" r="6" />,
  unjudged: <path d="M3 8h10" />,
};

/** 灯号: shape, colour and word; nothing for a figure without one, or whose thresholds all hold. */
export function Lamp({ lamp }: { lamp: LampFigure | null }) {
  if (lamp === null || lamp.colour === 'none') return null;
  const { colour, text } = lamp;
  return (
    <span className={cx(styles.lamp, styles[colour])} title={text} data-lamp={colour}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {SHAPES[colour]}
      </svg>
      <span aria-hidden="true">{WORD_ZH[colour]}</span>
      <span className="visually-hidden">{text}</span>
    </span>
  );
}
