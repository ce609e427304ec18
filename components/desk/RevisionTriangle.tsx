import own from '@/components/desk/calculus.module.css';
import styles from '@/components/desk/desk.module.css';
import { TableBox } from '@/components/desk/Section';
import { UnverifiedTag } from '@/components/metric/Marks';
import { formatNumber } from '@/metrics/format/number';
import { dayKey } from '@/metrics/time/calendar';
import { periodLabelZh } from '@/metrics/time/label';
import type { CellCalculus } from '@/server/services/calculus/types';

/** What was known of each period on each day of publication. */
export function RevisionTriangle({ calculus }: { calculus: CellCalculus }) {
  const { cell, metric, revisions } = calculus;
  const { triangle } = revisions;
  if (!triangle) return null;
  return (
    <details className={own.triangle}>
      <summary>修订三角(各期在各发布日看到的数)</summary>
      <TableBox label="修订三角">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">期</th>
              {triangle.vintages.map((ms) => (
                <th key={ms} scope="col" className={styles.number}>
                  {dayKey(ms)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {triangle.periods.map((periodMs, row) => (
              <tr key={periodMs} aria-current={periodMs === cell.periodMs ? 'true' : undefined}>
                <th scope="row">{periodLabelZh(cell.freq, periodMs, cell.basis)}</th>
                {triangle.vintages.map((ms, column) => (
                  <td key={ms} className={styles.number}>
                    {knownText(triangle.cells[row]?.[column] ?? null, metric.precision)}{' '}
                    <UnverifiedTag reason={triangle.unverified[row]?.[column] ?? null} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
    </details>
  );
}

/** Not known yet is blank, not missing. */
function knownText(value: string | null, precision: number): string {
  return value === null ? '' : formatNumber(value, { precision });
}
