'use client';

import { FigureValue } from '@/components/metric/FigureValue';
import { Marks } from '@/components/metric/Marks';
import { Sparkline } from '@/components/metric/Sparkline';
import { PanelFrame } from '@/components/screen/PanelFrame';
import type { PanelProps } from '@/components/screen/panel-props';
import { ChangeSlot } from '@/components/screen/panels/ChangeSlot';
import styles from '@/components/screen/panels/panels.module.css';
import type { ChangeFigure } from '@/server/services/screens/types';

/** Live figures, dense: name, number, change, shape. */
export function PulsePanel({ place, region, data }: PanelProps<'pulse'>) {
  const demo = data.indicators.some(({ figure }) => figure.demo);
  return (
    <PanelFrame {...place} meta={region.name} demo={demo}>
      <ul className={styles.pulse}>
        {data.indicators.map(({ figure, changes, spark }) => {
          const change = mostTelling(changes);
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
                {change && <ChangeSlot change={change} figure={figure} rule={false} />}
              </span>
            </li>
          );
        })}
      </ul>
    </PanelFrame>
  );
}

const ORDER: readonly ChangeFigure['label'][] = ['较上周', '环比'];

/** The change with a value that says most about a live figure; one without only where there is no other. */
function mostTelling(changes: readonly ChangeFigure[]): ChangeFigure | undefined {
  const known = changes.filter(({ value }) => value !== null);
  const from = known.length > 0 ? known : changes;
  return ORDER.map((label) => from.find((change) => change.label === label)).find(Boolean) ?? from[0];
}
