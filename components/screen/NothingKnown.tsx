import own from '@/components/screen/as-of.module.css';
import { instantZh } from '@/components/ui/instant';
import { localMinute } from '@/metrics/time/as-of';
import { MINUTE_MS } from '@/metrics/time/zone';

interface Props {
  asOfMs: number;
  /** When the first figure became known; null without any. */
  firstKnownMs: number | null;
  onLook(asOf: string | undefined): void;
}

/** Stands in for a picture of an instant at which nothing was known yet: one sentence instead of empty panels. */
export function NothingKnown({ asOfMs, firstKnownMs, onLook }: Props) {
  return (
    <main className={own.nothing}>
      <section className={own.form} aria-labelledby="nothing-known">
        <h2 id="nothing-known">该日尚无数据</h2>
        <p role="status">
          截至 {instantZh(asOfMs)},这幅画面上还没有任何已知的数。
          {firstKnownMs === null ? '' : `最早的数自 ${instantZh(firstKnownMs)} 起可看。`}
        </p>
        <div className={own.actions}>
          {firstKnownMs !== null && (
            <button
              type="button"
              className={own.primary}
              // To the minute: the whole minute in which it became known.
              onClick={() => onLook(localMinute(firstKnownMs + MINUTE_MS - 1))}
            >
              看最早的数
            </button>
          )}
          <button type="button" onClick={() => onLook(undefined)}>
            回到实时
          </button>
        </div>
      </section>
    </main>
  );
}
