'use client';

import { useEffect, useRef, useState } from 'react';
import styles from '@/components/metric/metric.module.css';
import { useOpenPassport } from '@/components/metric/passport-context';
import { figureSentence } from '@/components/metric/status';
import { cx } from '@/components/ui/cx';
import type { Figure } from '@/server/services/screens/types';

interface Props {
  figure: Figure;
  /** Adds the unit behind the number. */
  unit?: boolean;
  className?: string | undefined;
}

/** A number that opens its passport. A missing one is a dash that says why. */
export function FigureValue({ figure, unit = false, className }: Props) {
  const open = useOpenPassport();
  const flashes = useFlashes(`${figure.metric}/${figure.region}`, figure.text);
  const { cell } = figure;
  const sentence = figureSentence(figure);
  const content = (
    <>
      <span
        key={flashes}
        className={cx(
          styles.digits,
          flashes > 0 && styles.flash,
          figure.unverified !== null && styles.unverified,
        )}
      >
        {figure.text}
      </span>
      {unit && figure.unit !== '' && figure.value !== null && (
        <span className={styles.unit}>{figure.unit}</span>
      )}
    </>
  );
  if (!cell) {
    return (
      <span className={cx(styles.value, className)} title={figure.reason ?? undefined}>
        {content}
        <span className="visually-hidden">{figure.reason}</span>
      </span>
    );
  }
  return (
    <button
      type="button"
      className={cx(styles.value, styles.opens, className)}
      title={sentence}
      aria-label={`${sentence},打开数字护照`}
      onClick={() => open(cell)}
    >
      {content}
    </button>
  );
}

/** Counts the changes of one number; another number in the same place is no change. */
function useFlashes(identity: string, text: string): number {
  const last = useRef({ identity, text });
  const [count, setCount] = useState(0);
  useEffect(() => {
    const changed = last.current.identity === identity && last.current.text !== text;
    const other = last.current.identity !== identity;
    last.current = { identity, text };
    if (changed) setCount((n) => n + 1);
    else if (other) setCount(0);
  }, [identity, text]);
  return count;
}
