'use client';

import { Alert, Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/client';
import { holidayYearFindings } from '@/metrics/time/calendar';
import { daysIn, readHolidayNotice } from '@/metrics/time/holiday-notice';
import boundaries from './boundaries.module.css';
import css from './console.module.css';
import { Field } from './Field';
import type { HolidayTable } from './HolidayTables';
import { problemOf } from './problem';
import { useAct } from './use-act';

interface Props {
  /** The table to correct, or the year to begin with. */
  start: HolidayTable | number;
}

/** Paste the notice, look at the days that were read, save. Days can be typed or corrected by hand at any time. */
export function HolidayForm({ start }: Props) {
  const table = typeof start === 'number' ? null : start;
  const [year, setYear] = useState<number | null>(table?.year ?? (typeof start === 'number' ? start : null));
  const [source, setSource] = useState(table?.source ?? '');
  const [notice, setNotice] = useState('');
  const [off, setOff] = useState(table?.off.join('\n') ?? '');
  const [work, setWork] = useState(table?.work.join('\n') ?? '');
  const [otherYears, setOtherYears] = useState<string[]>([]);
  const put = useAct(useTRPC().calendar.put.mutationOptions(), '已保存,受影响的数据将重新计算', {
    shown: false,
  });
  const read = () => {
    if (year === null) return;
    const days = readHolidayNotice(notice, year);
    setOff(days.off.join('\n'));
    setWork(days.work.join('\n'));
    setOtherYears(days.otherYears);
  };
  const given =
    year === null ? null : { year, source: source.trim(), off: listOf(off, year), work: listOf(work, year) };
  const empty = off.trim() === '' && work.trim() === '';
  const findings = given === null || empty ? [] : holidayYearFindings(given);
  const area = (label: string, value: string, set: (text: string) => void, hint: string, rows: number) => (
    <Field label={label}>
      {(id) => (
        <Input.TextArea
          id={id}
          value={value}
          rows={rows}
          placeholder={hint}
          onChange={(event) => {
            put.reset();
            set(event.target.value);
          }}
        />
      )}
    </Field>
  );
  return (
    <div className={boundaries.form}>
      <div className={boundaries.fields}>
        <Field label="年份">
          {(id) => (
            <InputNumber
              id={id}
              value={year}
              disabled={table !== null}
              min={1992}
              max={2100}
              precision={0}
              onChange={setYear}
              style={{ width: '100%' }}
            />
          )}
        </Field>
        <Field label="来源(发文字号或网址)">
          {(id) => (
            <Input
              id={id}
              value={source}
              placeholder="例:国办发明电〔2026〕×号"
              onChange={(event) => setSource(event.target.value)}
            />
          )}
        </Field>
      </div>
      {area('粘贴通知正文(可选)', notice, setNotice, '含“放假”的句子读作放假日,含“上班”的读作调休上班日', 4)}
      <div className={boundaries.buttons}>
        <Button disabled={notice.trim() === '' || year === null} onClick={read}>
          识别日期
        </Button>
      </div>
      {otherYears.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={`通知里还有其他年份的日期,请补进那一年的安排:${otherYears.join('、')}`}
        />
      ) : null}
      <div className={boundaries.fields}>
        {area('放假日(含其间的周末)', off, setOff, '每行一天或一段,例:2027-01-01,或 1月1日至3日', 8)}
        {area('调休上班日', work, setWork, '每行一天,例:2027-02-14', 8)}
      </div>
      <div aria-live="polite" className={css.stack}>
        {findings.length > 0 ? (
          <Alert
            type="warning"
            showIcon
            title={`有 ${findings.length} 处要改`}
            description={
              <ul className={css.list}>
                {findings.map(({ place, message }) => (
                  <li key={`${place} ${message}`}>{message}</li>
                ))}
              </ul>
            }
          />
        ) : null}
        {put.error ? <Alert type="error" showIcon title={problemOf(put.error).message} /> : null}
        {put.data ? <Alert type="success" showIcon title={doneZh(put.data)} /> : null}
      </div>
      <div className={boundaries.buttons}>
        <Button
          type="primary"
          disabled={given === null || empty || findings.length > 0}
          loading={put.isPending}
          onClick={() => given && put.mutate(given)}
        >
          保存
        </Button>
      </div>
    </div>
  );
}

/** Days of a field; a line without a date is kept as it is, so that it is found fault with rather than lost. */
function listOf(text: string, year: number): string[] {
  return text
    .split(/[\n,,;;、]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap((part) => {
      const days = daysIn(part, year);
      return days.length > 0 ? days : [part];
    });
}

function doneZh({ year, recomputing }: { year: number; recomputing: string[] }): string {
  return recomputing.length === 0
    ? `${year} 年已保存,没有需要重新计算的数据`
    : `${year} 年已保存,正在重新计算:${recomputing.join('、')}`;
}
