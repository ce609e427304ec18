'use client';

import { useState } from 'react';
import styles from '@/components/desk/desk.module.css';
import own from '@/components/desk/parts.module.css';
import { RegionMap } from '@/components/desk/RegionMap';
import { Section, TableBox } from '@/components/desk/Section';
import { type RegionSort, type RegionSortKey, sortRows } from '@/components/desk/sort-rows';
import { Delta } from '@/components/metric/Delta';
import { FigureValue } from '@/components/metric/FigureValue';
import { UnverifiedTag } from '@/components/metric/Marks';
import { coverageWord } from '@/metrics/calculus/coverage-marks';
import { STATUS_ZH } from '@/metrics/format/observation-words';
import type { RegionTable } from '@/server/services/desk/types';

interface Props {
  table: RegionTable;
  unit: string;
  onRegion(code: number): void;
}

const FIRST: RegionSort = { key: 'rank', descending: false };

export function RegionSection({ table, unit, onRegion }: Props) {
  const [sort, setSort] = useState(FIRST);
  // A column of nothing but dashes is left out; the notes say why there are no ranks.
  const hasRank = table.rows.some(({ rank }) => rank !== null);
  const hasChange = table.rows.some(({ change }) => change.value !== null);
  const noChange = new Set(
    table.rows.flatMap(({ figure, change }) => (figure.value === null ? [] : [change.rule])),
  );
  const notes = [
    ...table.notes,
    ...(!hasChange && noChange.size > 0
      ? [`同比缺:${[...noChange].filter(Boolean).join('、') || '不计算'}`]
      : []),
  ];
  const hasShare = table.rows.some(({ share }) => share !== null);
  const rows = sortRows(table.rows, sort);
  const head = (key: RegionSortKey, title: string, numeric = true) => (
    <th
      scope="col"
      className={numeric ? styles.number : undefined}
      aria-sort={sort.key === key ? (sort.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className={styles.sort}
        onClick={() =>
          setSort({ key, descending: sort.key === key ? !sort.descending : key !== 'rank' && key !== 'name' })
        }
      >
        {title}
        <span aria-hidden="true">{sort.key === key ? (sort.descending ? ' ▼' : ' ▲') : ' ↕'}</span>
      </button>
    </th>
  );
  const meta = [
    table.periodLabel,
    unit,
    table.rows.length > 0 && `${table.covered}/${table.rows.length} 个地区有数`,
  ];
  return (
    <Section
      id="regions"
      title={`${table.container.name}分地区`}
      meta={meta.filter(Boolean).join(' · ')}
      demo={table.demo}
    >
      {table.rows.length > 0 && (
        <div className={own.regions}>
          <RegionMap table={table} unit={unit} onRegion={onRegion} />
          <TableBox label={`${table.container.name}分地区数据表`}>
            <table className={styles.table}>
              <thead>
                <tr>
                  {hasRank && head('rank', '名次')}
                  {head('name', '地区', false)}
                  {head('value', `数值${unit && `(${unit})`}`)}
                  {hasChange && head('change', '同比')}
                  {hasShare && head('share', '占比')}
                  <th scope="col">状态</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ region, rank, figure, change, share, selected }) => (
                  <tr key={region.code} aria-current={selected ? 'true' : undefined}>
                    {hasRank && <td className={styles.number}>{rank ?? '—'}</td>}
                    <th scope="row">
                      <button type="button" className={styles.link} onClick={() => onRegion(region.code)}>
                        {region.name}
                      </button>
                    </th>
                    <td className={styles.number}>
                      <FigureValue figure={figure} />
                    </td>
                    {hasChange && (
                      <td className={styles.number}>
                        {change.value === null ? (
                          <span className={styles.why}>{figure.value === null ? '—' : change.rule}</span>
                        ) : (
                          <Delta change={change} label={false} />
                        )}
                        {change.restated !== undefined && <div className={styles.why}>{change.restated}</div>}
                      </td>
                    )}
                    {hasShare && <td className={styles.number}>{share?.text ?? '—'}</td>}
                    <td>
                      {figure.value !== null && figure.status && STATUS_ZH[figure.status]}
                      {figure.value !== null &&
                        coverageWord(figure.flags) &&
                        ` · ${coverageWord(figure.flags)}`}
                      {figure.value !== null && figure.flags.includes('approximate') && ' · 近似'}
                      {figure.value === null && (
                        <>
                          缺 <span className={styles.why}>{figure.reason}</span>
                        </>
                      )}{' '}
                      <UnverifiedTag reason={figure.unverified} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableBox>
        </div>
      )}
      {notes.length > 0 && <p className={styles.note}>{notes.join(';')}。</p>}
    </Section>
  );
}
