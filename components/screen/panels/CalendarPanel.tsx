'use client';

import type { KeyboardEvent } from 'react';
import { useRef, useState } from 'react';
import { FigureValue } from '@/components/metric/FigureValue';
import { useOpenPassport } from '@/components/metric/passport-context';
import { PanelFrame } from '@/components/screen/PanelFrame';
import type { PanelProps } from '@/components/screen/panel-props';
import styles from '@/components/screen/panels/figures.module.css';
import tables from '@/components/screen/panels/table.module.css';
import { AIR_CLASSES } from '@/components/ui/palette';
import { periodLabelZh } from '@/metrics/time/label';
import type { CalendarData, CalendarDay } from '@/server/services/screens/types';

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'] as const;
const STEP: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -7, ArrowRight: 7 };

/** A year of days in weeks; colour by class, words in the legend, gaps as gaps. */
export function CalendarPanel({ place, data }: PanelProps<'calendar'>) {
  const weeks = (data.days.at(-1)?.week ?? 52) + 1;
  const shown = data.classes.filter(({ days }, index) => days > 0 || index < 3);
  return (
    <PanelFrame {...place} meta={<Summary data={data} />} demo={data.demo} table={<DaysTable data={data} />}>
      <p className="visually-hidden">{data.sentence}</p>
      <div
        className={styles.calendar}
        style={{ gridTemplateColumns: `1.25rem repeat(${weeks}, minmax(0, 1fr))` }}
      >
        {data.months.map(({ month, week }) => (
          <span key={month} className={styles.month} style={{ gridColumn: week + 2, gridRow: 1 }}>
            {month}
            <span>月</span>
          </span>
        ))}
        {WEEKDAYS.map((name, index) =>
          index % 2 === 0 ? (
            <span key={name} className={styles.weekday} style={{ gridColumn: 1, gridRow: index + 2 }}>
              {name}
            </span>
          ) : null,
        )}
        <Days data={data} />
      </div>
      <ul className={styles.legendRow}>
        {shown.map((entry) => (
          <li key={entry.label}>
            <i style={{ background: AIR_CLASSES[data.classes.indexOf(entry)] }} />
            {entry.label} {data.countable && entry.days}
          </li>
        ))}
        <li>
          <i className={styles.gap} />缺{' '}
          {data.days.filter(({ level, future }) => level === null && !future).length}
        </li>
        {!data.countable && <li className={styles.aside}>色块:全省平均浓度的日 AQI</li>}
      </ul>
    </PanelFrame>
  );
}

const PROVINCE_RULE = '优良天数比例:各市优良天数之和÷各市有效天数之和;不是按全省平均浓度计的天数';

/** The year's share of good days, by one rule on the whole wall; days are counted only where they are the region's own. */
function Summary({ data: { year, good, observed, share, countable } }: { data: CalendarData }) {
  return (
    <span title={countable ? undefined : PROVINCE_RULE}>
      {year} · {countable && `优良 ${good}/${observed} 天`}
      {!countable && share && (
        <>
          优良比例 <FigureValue figure={share} />%
        </>
      )}
    </span>
  );
}

/** One stop for the Tab key, arrows within: 365 stops would be a trap. */
function Days({ data }: { data: CalendarData }) {
  const open = useOpenPassport();
  const lastKnown = data.days.findLastIndex(({ level }) => level !== null);
  const [focused, setFocused] = useState<number | null>(null);
  const buttons = useRef(new Map<number, HTMLButtonElement>());
  const stop = focused ?? lastKnown;
  const move = (event: KeyboardEvent, index: number) => {
    const step = STEP[event.key];
    if (step === undefined) return;
    event.preventDefault();
    let next = index + step;
    while (data.days[next] && data.days[next]?.level === null) next += Math.sign(step);
    if (!data.days[next]) return;
    setFocused(next);
    buttons.current.get(next)?.focus();
  };
  return data.days.map((day, index) => {
    const place = { gridColumn: day.week + 2, gridRow: day.weekday + 1 };
    if (day.level === null) {
      return (
        <span
          key={day.periodMs}
          className={day.future ? styles.future : styles.gap}
          style={place}
          title={day.future ? undefined : `${dayLabel(day)} 缺`}
        />
      );
    }
    const sentence = `${dayLabel(day)} ${data.name} ${day.value} ${data.classes[day.level]?.label ?? ''}`;
    const { cell } = data;
    return (
      <button
        key={day.periodMs}
        ref={(element) => {
          if (element) buttons.current.set(index, element);
          else buttons.current.delete(index);
        }}
        type="button"
        className={styles.day}
        style={{ ...place, background: AIR_CLASSES[day.level] }}
        title={sentence}
        aria-label={sentence}
        tabIndex={index === stop ? 0 : -1}
        onKeyDown={(event) => move(event, index)}
        onClick={() => cell && open({ ...cell, periodMs: day.periodMs })}
      />
    );
  });
}

function DaysTable({ data }: { data: CalendarData }) {
  const open = useOpenPassport();
  const { cell } = data;
  const past = data.days.filter(({ future, level }) => !future || level !== null).toReversed();
  return (
    <table className={tables.table}>
      <thead>
        <tr>
          <th scope="col">日期</th>
          <th scope="col">AQI</th>
          <th scope="col">级别</th>
        </tr>
      </thead>
      <tbody>
        {past.map((day) => (
          <tr key={day.periodMs}>
            <th scope="row">{dayLabel(day)}</th>
            <td>
              {day.value !== null && cell ? (
                <button type="button" onClick={() => open({ ...cell, periodMs: day.periodMs })}>
                  {day.value}
                </button>
              ) : (
                '—'
              )}
            </td>
            <td>{day.level === null ? '缺' : data.classes[day.level]?.label}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function dayLabel(day: CalendarDay): string {
  return periodLabelZh('D', day.periodMs);
}
