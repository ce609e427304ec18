'use client';

import { FigureValue } from '@/components/metric/FigureValue';
import { Marks } from '@/components/metric/Marks';
import { Sparkline } from '@/components/metric/Sparkline';
import { TargetBar } from '@/components/metric/TargetBar';
import { PanelFrame } from '@/components/screen/PanelFrame';
import type { PanelProps } from '@/components/screen/panel-props';
import { ChangeSlot } from '@/components/screen/panels/ChangeSlot';
import styles from '@/components/screen/panels/panels.module.css';
import { cx } from '@/components/ui/cx';

/** The headline figures, one card each. */
export function IndicatorStrip({ place, region, data }: PanelProps<'indicators'>) {
  return (
    <PanelFrame {...place} title={`${region.name}${place.title}`} bare hideTitle>
      <div className={styles.row}>
        {/* The hidden heading has said it to who listens. */}
        <p
          className={cx(styles.whose, place.elsewhere !== undefined && styles.behind)}
          title={place.elsewhere?.why}
          aria-hidden="true"
        >
          {region.name}
        </p>
        <ul className={styles.strip}>
          {data.indicators.map(({ figure, changes, target, spark, extra }) => (
            <li key={figure.metric} className={styles.card} data-extra={extra}>
              <div className={styles.cardHead}>
                <span className={styles.cardName} title={figure.name}>
                  {figure.name}
                </span>
                <Marks figure={figure} />
              </div>
              <div className={styles.cardMain}>
                <FigureValue figure={figure} unit className={styles.kpi} />
                <span className={styles.cardSpark}>
                  <Sparkline points={spark} />
                </span>
              </div>
              {target && <TargetBar target={target} />}
              <div className={styles.cardFoot}>
                <span className={styles.period}>{figure.periodLabel || figure.reason}</span>
                {changes.map((change) => (
                  <ChangeSlot key={change.label} change={change} figure={figure} />
                ))}
              </div>
            </li>
          ))}
        </ul>
      </div>
    </PanelFrame>
  );
}
