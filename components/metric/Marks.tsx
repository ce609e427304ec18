import { Lamp } from '@/components/metric/Lamp';
import styles from '@/components/metric/metric.module.css';
import { cx } from '@/components/ui/cx';
import { coverageWord, isCoverageMark } from '@/metrics/calculus/coverage-marks';
import { flagZh } from '@/metrics/calculus/flag-words';
import { APPROXIMATE_ZH } from '@/metrics/format/definition-words';
import { STATUS_ZH } from '@/metrics/format/observation-words';
import type { Figure } from '@/server/services/screens/types';

/** 演示数据: generated, wherever it is seen. */
export function DemoTag({ title = '由程序生成,不是真实记录' }: { title?: string }) {
  return (
    <span className={cx(styles.tag, styles.demo)} title={title}>
      演示数据
    </span>
  );
}

/** 待核: nobody has checked the figure against its publisher; why is told on hovering and to who listens. */
export function UnverifiedTag({ reason }: { reason: string | null }) {
  if (reason === null) return null;
  return (
    <span className={cx(styles.tag, styles.late)} title={`待核:${reason}`}>
      待核<span className="visually-hidden">({reason})</span>
    </span>
  );
}

const DEDUCED_ZH = '由同一指标公布的累计之差或各期之和得出';

/** 近似 or 推算: how a figure came about, where neither a publisher nor the rows say it themselves. */
export function MakingTag({ flags }: Pick<Figure, 'flags'>) {
  const isApproximate = flags.includes('approximate');
  if (!isApproximate && !flags.includes('deduced')) return null;
  return (
    <span className={cx(styles.tag, styles.provisional)} title={isApproximate ? APPROXIMATE_ZH : DEDUCED_ZH}>
      {isApproximate ? '近似' : '推算'}
    </span>
  );
}

/** 不完整, or a few counties of nearly all; which of both in full is told on hovering. */
export function CoverageTag({
  flags,
  className,
}: Pick<Figure, 'flags'> & { className?: string | undefined }) {
  const word = coverageWord(flags);
  if (word === null) return null;
  return (
    <span className={cx(styles.tag, className)} title={flags.filter(isCoverageMark).map(flagZh).join('、')}>
      {word}
    </span>
  );
}

interface MarksProps {
  figure: Figure;
  demo?: boolean;
  /** Says 最终 too; live panels leave it out. */
  settled?: boolean;
}

/** Lamp, status of the vintage, generated data, and lateness, each as a word. */
export function Marks({ figure, demo = true, settled = true }: MarksProps) {
  const { status, freshness, lamp } = figure;
  // A grey lamp says it already.
  const late = lamp?.colour === 'grey' ? false : freshness.state === 'late' || freshness.state === 'overdue';
  const provisional = status !== null && status !== 'final' && status !== 'census' && status !== 'missing';
  return (
    <span className={styles.marks}>
      <Lamp lamp={lamp} />
      {status && status !== 'missing' && (settled || provisional) && (
        <span className={cx(styles.tag, provisional && styles.provisional)}>{STATUS_ZH[status]}</span>
      )}
      <CoverageTag flags={figure.flags} className={styles.provisional} />
      {figure.flags.includes('missing_parts') && (
        <span className={cx(styles.tag, styles.provisional)}>分项有缺</span>
      )}
      <MakingTag flags={figure.flags} />
      {late && (
        <span className={cx(styles.tag, styles.late)} title={freshness.text}>
          {freshness.state === 'late' ? '迟到' : '逾期'}
        </span>
      )}
      <UnverifiedTag reason={figure.unverified} />
      {demo && figure.demo && <DemoTag />}
    </span>
  );
}
