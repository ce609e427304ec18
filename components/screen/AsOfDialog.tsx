'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import styles from '@/components/screen/as-of.module.css';
import { localMinute, parseAsOf } from '@/metrics/time/as-of';
import { periodStart, samePeriodLastYear } from '@/metrics/time/period';
import { DAY_MS } from '@/metrics/time/zone';

interface Props {
  /** What the picture shows: where the choice begins. */
  shownMs: number;
  pinned: boolean;
  onLook(asOf: string | undefined): void;
  onClose(): void;
}

/** Chooses the instant of the picture. A native modal dialog: focus inside, Esc closes, focus goes back. */
export function AsOfDialog({ shownMs, pinned, onLook, onClose }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const [nowMs] = useState(() => Date.now());
  const [value, setValue] = useState(() => localMinute(shownMs));
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
  }, []);
  const choose = (asOf: string | undefined) => {
    ref.current?.close();
    onLook(asOf);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (parseAsOf(value) !== null) choose(value);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click on the backdrop is an extra; Esc and the button close by keyboard
    <dialog
      ref={ref}
      className={styles.dialog}
      aria-labelledby="as-of-title"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <form className={styles.form} onSubmit={submit}>
        <h2 id="as-of-title">当时看到的数</h2>
        <p>整幅画面只用到这一时刻为止已经知道的版次,此后的修订一概不计;画面定格,不随新数据变化。</p>
        <label className={styles.field}>
          截至(北京时间)
          <input
            type="datetime-local"
            value={value}
            min="1950-01-01T00:00"
            max={localMinute(nowMs)}
            required
            onChange={(event) => setValue(event.target.value)}
          />
        </label>
        <div className={styles.presets}>
          {presets(nowMs).map(({ name, atMs }) => (
            <button key={name} type="button" onClick={() => setValue(localMinute(atMs))}>
              {name}
            </button>
          ))}
        </div>
        <div className={styles.actions}>
          <button type="submit" className={styles.primary}>
            看当时的数
          </button>
          {pinned && (
            <button type="button" onClick={() => choose(undefined)}>
              回到实时
            </button>
          )}
          <button type="button" onClick={() => ref.current?.close()}>
            取消
          </button>
        </div>
      </form>
    </dialog>
  );
}

function presets(nowMs: number): { name: string; atMs: number }[] {
  const month = periodStart('M', nowMs);
  return [
    { name: '昨天此时', atMs: nowMs - DAY_MS },
    { name: '上周此时', atMs: nowMs - 7 * DAY_MS },
    { name: '上月末', atMs: month - 60_000 },
    { name: '上年末', atMs: periodStart('A', nowMs) - 60_000 },
    { name: '上年今日', atMs: samePeriodLastYear('N', nowMs) },
  ];
}
