'use client';

import { DemoTag, UnverifiedTag } from '@/components/metric/Marks';
import styles from '@/components/metric/passport.module.css';
import { instantZh } from '@/components/ui/instant';
import { STATUS_ZH } from '@/metrics/format/observation-words';
import type { CellKey } from '@/metrics/model/cell';
import type { MadeOf as Made } from '@/server/services/screens/passport-types';

/** The cells that a derived value was made of, each with a passport of its own. */
export function MadeOf({ made, onOpen }: { made: Made; onOpen(cell: CellKey): void }) {
  return (
    <section className={styles.section}>
      <h3>由何而来</h3>
      <p>
        {made.how}
        {made.formula && (
          <>
            :<code>{made.formula}</code>
          </>
        )}
      </p>
      {made.lacking.length > 0 && (
        <p>
          缺 {made.lacking.length} 项,其余各项按权重重新折算:
          {made.lacking.map(({ name, weight, reason }) => `${name}(权重 ${weight},${reason})`).join('、')}。
        </p>
      )}
      {made.outsideScope && <p>部分用到的数不在您的领域范围内,未列出。</p>}
      <table className={styles.vintages}>
        <thead>
          <tr>
            <th scope="col">用到的数</th>
            <th scope="col">地区与时期</th>
            <th scope="col">数值</th>
            <th scope="col">状态</th>
            <th scope="col">何时已知</th>
          </tr>
        </thead>
        <tbody>
          {made.operands.map((operand) => (
            <tr key={`${operand.label} ${operand.cell.region} ${operand.cell.periodMs}`}>
              <td>
                {operand.name} <code>{operand.label}</code>
              </td>
              <td>
                {operand.regionName} · {operand.periodLabel}
              </td>
              <td className={styles.digits}>
                <button type="button" className={styles.operand} onClick={() => onOpen(operand.cell)}>
                  {operand.text}
                </button>{' '}
                {operand.unit} <UnverifiedTag reason={operand.unverified} /> {operand.demo && <DemoTag />}
              </td>
              <td>{operand.status ? STATUS_ZH[operand.status] : '—'}</td>
              <td>{operand.vintageMs === null ? '—' : instantZh(operand.vintageMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
