'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { PassportBody } from '@/components/metric/PassportBody';
import styles from '@/components/metric/passport.module.css';
import { useTRPC } from '@/components/trpc/client';
import { instantZh } from '@/components/ui/instant';
import type { CellKey } from '@/metrics/model/cell';

interface Props {
  cell: CellKey;
  asOfMs: number | undefined;
  /** Shows another cell's passport in its place. */
  onOpen(cell: CellKey): void;
  onClose(): void;
}

/**
 * 数字护照. A native modal dialog: the browser keeps the focus inside, Esc closes, and the focus returns to the number.
 */
export function PassportDialog({ cell, asOfMs, onOpen, onClose }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const trpc = useTRPC();
  const query = useQuery(
    trpc.screens.passport.queryOptions(
      { cell, ...(asOfMs !== undefined && { asOfMs }) },
      { staleTime: 5_000 },
    ),
  );
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click on the backdrop is an extra; Esc and the button close by keyboard
    <dialog
      ref={ref}
      className={styles.dialog}
      aria-labelledby="passport-title"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <div className={styles.sheet}>
        <header className={styles.head}>
          <h2 id="passport-title" className={styles.title}>
            数字护照{query.data && <small> · {query.data.definition.name}</small>}
            {asOfMs !== undefined && <small> · 截至 {instantZh(asOfMs)} 所知</small>}
          </h2>
          <button type="button" className={styles.close} onClick={() => ref.current?.close()}>
            关闭
          </button>
        </header>
        {query.data ? (
          <PassportBody passport={query.data} onOpen={onOpen} />
        ) : (
          <p className={styles.note} role="status">
            {query.error ? `读取失败:${query.error.message}` : '正在查来源…'}
          </p>
        )}
      </div>
    </dialog>
  );
}
