'use client';

import styles from '@/components/desk/desk.module.css';
import own from '@/components/desk/parts.module.css';
import { Section, TableBox } from '@/components/desk/Section';
import { Delta } from '@/components/metric/Delta';
import { FigureValue } from '@/components/metric/FigureValue';
import { OTHER_COLLECTION_ZH } from '@/metrics/model/derived-source';
import type { SliceGroup } from '@/server/services/desk/types';

interface Props {
  groups: readonly SliceGroup[];
  selected: string;
  onSlice(slice: string): void;
}

export function SliceSection({ groups, selected, onSlice }: Props) {
  return (
    <Section id="slices" title="分组" meta={groups[0]?.periodLabel} demo={groups.some(({ demo }) => demo)}>
      <div className={own.slices}>
        {groups.map((group) => (
          <SliceTable key={group.title} group={group} selected={selected} onSlice={onSlice} />
        ))}
      </div>
      {groups.some(({ overlap }) => overlap) && (
        <p className={styles.note}>各组相互包含,占比之和大于 100%。</p>
      )}
      {groups.some(({ otherWhole }) => otherWhole) && <p className={styles.note}>{OTHER_COLLECTION_ZH}。</p>}
    </Section>
  );
}

function SliceTable({ group, selected, onSlice }: { group: SliceGroup } & Omit<Props, 'groups'>) {
  const numbers = group.rows.map(({ figure }) => (figure.value === null ? 0 : Number(figure.value)));
  const largest = Math.max(...numbers, 0);
  const hasShare = group.rows.some(({ share }) => share !== null);
  return (
    <TableBox label={`按${group.title}`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{group.title}</th>
            <th scope="col" className={styles.number}>
              数值
            </th>
            <th scope="col" className={own.barColumn}>
              <span className="visually-hidden">长短</span>
            </th>
            {hasShare && (
              <th scope="col" className={styles.number}>
                占比
              </th>
            )}
            <th scope="col" className={styles.number}>
              同比
            </th>
          </tr>
        </thead>
        <tbody>
          {group.rows.map((row, index) => (
            <tr key={row.slice} aria-current={row.slice === selected ? 'true' : undefined}>
              <th scope="row">
                <button type="button" className={styles.link} onClick={() => onSlice(row.slice)}>
                  {row.title}
                </button>
              </th>
              <td className={styles.number}>
                <FigureValue figure={row.figure} />
              </td>
              <td className={own.barColumn}>
                {/* A bar from zero; a negative value has a number but no bar. */}
                <i
                  style={{
                    width: `${largest > 0 ? Math.max(0, ((numbers[index] ?? 0) / largest) * 100) : 0}%`,
                  }}
                />
              </td>
              {hasShare && <td className={styles.number}>{row.share?.text ?? '—'}</td>}
              <td className={styles.number}>
                {row.change.value === null ? (
                  <span className={styles.why}>{row.change.rule}</span>
                ) : (
                  <Delta change={row.change} label={false} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}
