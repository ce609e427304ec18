'use client';

import Link from 'next/link';
import { type FormEvent, type ReactNode, useState } from 'react';
import styles from '@/components/desk/desk.module.css';
import own from '@/components/desk/hero.module.css';
import type { Patch } from '@/components/desk/use-address';
import { instantZh } from '@/components/ui/instant';
import { STATUS_ZH } from '@/metrics/format/observation-words';
import { civilOf } from '@/metrics/time/zone';
import type { MetricPage } from '@/server/services/desk/types';

/** Nothing on a pinned page may pass for today's. */
export function PinnedBanner({
  asOfMs,
  backHref,
  children,
}: {
  asOfMs: number;
  backHref: string;
  children?: ReactNode;
}) {
  return (
    <p className={own.banner} role="status">
      <strong>当时看到的数:截至 {instantZh(asOfMs)}</strong>
      {children}
      <Link href={backHref}>回到现在</Link>
    </p>
  );
}

export function AsOfBanner({ page, backHref }: { page: MetricPage; backHref: string }) {
  const { figureNow } = page;
  return (
    <PinnedBanner asOfMs={page.asOfMs} backHref={backHref}>
      {figureNow && (
        <span>
          这一格现在是 {figureNow.text} {page.figure.unit}({STATUS_ZH[figureNow.status]}
          {figureNow.unverified && ' · 待核'})
        </span>
      )}
    </PinnedBanner>
  );
}

const two = (value: number) => String(value).padStart(2, '0');

/** What the browser's date control takes, on China's clock. */
function controlValue(ms: number): string {
  const { year, month, day, hour, minute } = civilOf(ms);
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/** 截至: the whole page as it was known then. */
export function AsOfControl({ page, go }: { page: MetricPage; go(patch: Patch): void }) {
  const known = controlValue(page.asOfMs);
  const [value, setValue] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value) go({ asOf: value });
    setValue(null);
  };
  return (
    <form className={own.control} onSubmit={submit}>
      <label htmlFor="as-of">截至</label>
      <span className={own.asOf}>
        <input
          className={styles.field}
          id="as-of"
          type="datetime-local"
          value={value ?? known}
          onChange={(event) => setValue(event.target.value)}
          required
        />
        <button type="submit" className={styles.button}>
          看当时的数
        </button>
      </span>
    </form>
  );
}
