import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Ends a scrolling list after its last row that fits: a wall is not scrolled, and half a line reads as a fault. `rows` is
 * what the list shows, so that it is measured again when that changes.
 */
export function useWholeRows<List extends HTMLElement>(rows: unknown): RefObject<List | null> {
  const ref = useRef<List>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows have other heights
  useLayoutEffect(() => {
    const list = ref.current;
    if (!list?.parentElement) return;
    const fit = () => {
      list.style.maxHeight = '';
      const { top, height } = list.getBoundingClientRect();
      const ends = [...list.children].map((row) => row.getBoundingClientRect().bottom - top + list.scrollTop);
      if (ends.every((end) => end <= height + 0.5)) return;
      const whole = ends.findLast((end) => end <= height + 0.5);
      if (whole !== undefined) list.style.maxHeight = `${whole}px`;
    };
    const observer = new ResizeObserver(fit);
    observer.observe(list.parentElement);
    for (const row of list.children) observer.observe(row);
    return () => observer.disconnect();
  }, [rows]);
  return ref;
}
