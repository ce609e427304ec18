'use client';

import { useQuery } from '@tanstack/react-query';
import styles from '@/components/desk/desk.module.css';
import own from '@/components/desk/parts.module.css';
import { Section, TableBox } from '@/components/desk/Section';
import { signalSummary } from '@/components/desk/signal-words';
import type { Patch } from '@/components/desk/use-address';
import { Lamp } from '@/components/metric/Lamp';
import { DemoTag } from '@/components/metric/Marks';
import { useTRPC } from '@/components/trpc/client';
import { formatNumber } from '@/metrics/format/number';
import { COLOUR_ZH } from '@/metrics/format/threshold-words';
import type { SignalList, SignalRow } from '@/server/services/desk/signal-types';

interface Props {
  code: string;
  region: number;
  asOf: string | undefined;
  go(patch: Patch): void;
}

/** 预警信号: which counties and kinds stand out of their own last days. */
export function SignalSection({ code, region, asOf, go }: Props) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.desk.signals.queryOptions({ code, region, ...(asOf !== undefined && { asOf }) }),
  );
  const list = query.data;
  if (!list)
    return (
      <Section id="signals" title="预警信号">
        <p className={styles.note} role="status">
          {query.error ? query.error.message : '正在读取…'}
        </p>
      </Section>
    );
  return (
    <Section
      id="signals"
      title={`${list.region.name}预警信号`}
      meta={list.newestLabel === null ? undefined : `近 ${list.days} 日内报过警的,数据至${list.newestLabel}`}
      demo={list.demo}
    >
      <p className={styles.note}>{signalSummary(list)}</p>
      {list.signals.length > 0 && (
        <div className={own.signals}>
          <SignalTable list={list} go={go} />
        </div>
      )}
    </Section>
  );
}

function SignalTable({ list, go }: { list: SignalList; go: Props['go'] }) {
  return (
    <TableBox label="预警信号">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">灯号</th>
            <th scope="col">县(市、区)</th>
            <th scope="col">{list.kindTitle}</th>
            <th scope="col">日期</th>
            <th scope="col" className={styles.number}>
              当日({list.unit})
            </th>
            <th scope="col" className={styles.number}>
              前 7 日均值
            </th>
            {(['C1', 'C2', 'C3'] as const).map((name) => (
              <th key={name} scope="col" className={styles.number}>
                {name}
              </th>
            ))}
            <th scope="col">持续</th>
          </tr>
        </thead>
        <tbody>
          {list.signals.map((row) => (
            <Row key={`${row.region.code} ${row.slice} ${row.firstMs}`} row={row} demo={list.demo} go={go} />
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

function Row({ row, demo, go }: { row: SignalRow; demo: boolean; go: Props['go'] }) {
  const why = row.byCount ? '1 例即红' : `EARS ${row.alarms.join('、')}`;
  const text = `${COLOUR_ZH[row.colour]}:${why}${row.tentative ? ',仅提示' : ''}`;
  const lamp = {
    colour: row.colour,
    word: COLOUR_ZH[row.colour],
    rule: why,
    since: '',
    sinceFirst: false,
    judged: row.dayLabel,
    text,
  };
  const score = (name: 'C1' | 'C2' | 'C3', value: string | null) => (
    <td className={styles.number} data-label={name}>
      {row.alarms.includes(name) ? <strong>{scoreText(value)}</strong> : scoreText(value)}
    </td>
  );
  return (
    <tr>
      <td>
        <Lamp lamp={lamp} /> {row.tentative && <span className={styles.tag}>仅提示</span>}
        {row.byCount && <span className={styles.tag}>1 例即红</span>}
      </td>
      <th scope="row">
        <button
          type="button"
          className={styles.link}
          onClick={() =>
            go({ region: row.region.code, slice: row.slice, freq: 'D', basis: null, period: row.day })
          }
        >
          {row.region.name}
        </button>{' '}
        <span className={own.city}>{row.city}</span>
      </th>
      <td>
        {row.kind} {row.demo && !demo && <DemoTag />}
      </td>
      <td>{row.dayLabel}</td>
      <td className={styles.number} data-label="当日">
        {row.countText}
      </td>
      <td className={styles.number} data-label="前 7 日均值">
        {formatNumber(row.baseline, { precision: 1 })}
      </td>
      {score('C1', row.c1)}
      {score('C2', row.c2)}
      {score('C3', row.c3)}
      <td data-label="持续">
        {row.spanLabel}
        {row.alarmDays > 1 && `(${row.alarmDays} 日报警)`}
      </td>
    </tr>
  );
}

function scoreText(value: string | null): string {
  return formatNumber(value, { precision: 2 });
}
