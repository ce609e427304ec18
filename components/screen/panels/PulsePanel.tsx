'use client';

import { Delta } from '@/components/metric/Delta';
import { FigureValue } from '@/components/metric/FigureValue';
import { Marks } from '@/components/metric/Marks';
import { Sparkline } from '@/components/metric/Sparkline';
import { PanelFrame } from '@/components/screen/PanelFrame';
import type { PanelProps } from '@/components/screen/panel-props';
import styles from '@/components/screen/panels/panels.module.css';

/** Live figures, dense: name, number, change, shape. */
export function PulsePanel({ place, region, data }: PanelProps<'pulse'>) {
  const demo = data.indicators.some(({ figure }) => figure.demo);
  return (
    <PanelFrame {...place} meta={region.name} demo={demo}>
      <ul className={styles.pulse}>
        {data.indicators.map(({ figure, changes, spark }) => {
          const change =
            changes.find(({ label }) => label === '较上周') ??
            changes.find(({ label }) => label === '环比') ??
            changes[0];
          return (
            <li key={figure.metric} className={styles.pulseItem}>
              <span className={styles.pulseName}>
                {figure.name} <Marks figure={figure} demo={false} settled={false} />
              </span>
              <span className={styles.pulseMain}>
                <FigureValue figure={figure} unit className={styles.pulseValue} />
                <span className={styles.pulseSpark}>
                  <Sparkline points={spark} />
                </span>
              </span>
              <span className={styles.pulseFoot}>
                <span className={styles.period}>{figure.periodLabel || figure.reason}</span>
                {change && <Delta change={change} rule={false} />}
              </span>
            </li>
          );
        })}
      </ul>
    </PanelFrame>
  );
}
