'use client';

import styles from '@/components/desk/desk.module.css';
import own from '@/components/desk/parts.module.css';
import { RevisionTriangle } from '@/components/desk/RevisionTriangle';
import { Section, TableBox } from '@/components/desk/Section';
import { STATUS_ZH, sourceZh } from '@/metrics/format/observation-words';
import { civilOf } from '@/metrics/time/zone';
import type { CellCalculus } from '@/server/services/calculus/types';
import type { VintageEntry, VintageRow } from '@/server/services/desk/types';

interface Props {
  rows: readonly VintageRow[];
  unit: string;
  calculus: CellCalculus | null;
  onPeriod(period: string): void;
}

/** 修订: a row a period, a column a release, what each changed; nothing that was said is taken back. */
export function VintageSection({ rows, unit, calculus, onPeriod }: Props) {
  const columns = Math.max(...rows.map(({ vintages }) => vintages.length));
  const revised = rows.filter(({ vintages }) => vintages.some(({ revises }) => revises)).length;
  const assumed = rows.some(({ vintages }) => vintages.some((vintage) => vintage.assumed));
  return (
    <Section
      id="vintages"
      title="修订"
      meta={`${unit && `${unit} · `}近 ${rows.length} 期,${revised === 0 ? '均未修订' : `${revised} 期有修订`}`}
    >
      <TableBox label="各期各版次">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">期</th>
              {Array.from({ length: columns }, (_, index) => index + 1).map((nth) => (
                <th key={nth} scope="col">
                  {nth === 1 ? '首版' : `第 ${nth} 版`}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.periodMs} aria-current={row.chosen ? 'true' : undefined}>
                <th scope="row">
                  <button type="button" className={styles.link} onClick={() => onPeriod(row.period)}>
                    {row.label}
                  </button>
                </th>
                {Array.from({ length: columns }, (_, index) => row.vintages[index]).map((vintage, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the column is the position
                  <td key={index}>{vintage && <Vintage vintage={vintage} />}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
      {calculus && <RevisionTriangle calculus={calculus} />}
      {assumed && <p className={styles.note}>* 发布日按惯例推定。每一版都保留;修订只追加新版,不改旧版。</p>}
    </Section>
  );
}

function Vintage({ vintage }: { vintage: VintageEntry }) {
  const { text, status, vintageMs, assumed, changeText, sinceFirstText, source, demo, unverified } = vintage;
  return (
    <span className={own.vintage} title={[sourceZh(source), unverified].filter(Boolean).join(' · ')}>
      <b>{text}</b>
      <span>
        {STATUS_ZH[status]}
        {demo && ' · 演示'} · {dateZh(vintageMs)}
        {assumed && '*'}
        {vintage.approximate && ' · 近似'}
        {unverified && ' · 待核'}
      </span>
      {changeText && (
        <span>
          修订 {changeText}
          {sinceFirstText && `(较首次 ${sinceFirstText})`}
          {vintage.changeUnverified && ' · 待核'}
        </span>
      )}
    </span>
  );
}

function dateZh(ms: number): string {
  const { year, month, day } = civilOf(ms);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
