'use client';

import { BASIS_ZH } from '@/components/metric/basis';
import styles from '@/components/metric/metric.module.css';
import { useOpenPassport } from '@/components/metric/passport-context';
import { cx } from '@/components/ui/cx';
import type { ChangeFigure } from '@/server/services/screens/types';

const TONE_ZH = { favourable: '向好', unfavourable: '不利', neutral: '' } as const;

/** A change: arrow for the movement, colour for what it means, the rule that made it in a word. */
export function Delta({
  change,
  label = true,
  rule = true,
}: {
  change: ChangeFigure;
  label?: boolean;
  rule?: boolean;
}) {
  const open = useOpenPassport();
  const { cell } = change;
  const missing = change.value === null;
  // No movement where none is left after rounding.
  const still = missing || !/[1-9]/.test(change.text);
  // Words (加快, 回升, 升幅扩大, 由降转升, 增长 n 倍) say the direction themselves.
  const arrow =
    still || /^(加快|回升|回落|[升降]幅|由|增长)/.test(change.text)
      ? ''
      : Number(change.value) > 0
        ? '▲'
        : '▼';
  const sentence = `${change.label} ${change.text}(${change.rule}${change.unverified ? `,待核:${change.unverified}` : ''})${TONE_ZH[change.tone]}`;
  const content = (
    <>
      {label && <span className={styles.deltaLabel}>{change.label}</span>}
      <span className={cx(styles.delta, styles[change.tone], change.unverified && styles.unverified)}>
        {arrow && <span className={styles.arrow}>{arrow}</span>}
        {missing ? '—' : compact(change.text)}
      </span>
      {rule && !missing && (
        <span className={styles.rule} data-rule>
          {BASIS_ZH[change.basis ?? 'computed']}
          {change.unverified && ' · 待核'}
        </span>
      )}
    </>
  );
  if (!cell) {
    return (
      <span className={styles.deltaBox} title={sentence}>
        {content}
        <span className="visually-hidden">{change.rule}</span>
      </span>
    );
  }
  return (
    <button
      type="button"
      className={cx(styles.deltaBox, styles.opens)}
      title={sentence}
      aria-label={`${sentence},打开数字护照`}
      onClick={() => open(cell)}
    >
      {content}
    </button>
  );
}

/** The arrow carries the sign. */
function compact(text: string): string {
  return text.replace(/^[+−]/, '').replace(' 个百分点', ' 百分点');
}
