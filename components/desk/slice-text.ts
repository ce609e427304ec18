import type { MetricPage } from '@/server/services/desk/types';

/** The slice that the page shows, in words; null for the whole. */
export function sliceText({ selection, choices }: Pick<MetricPage, 'selection' | 'choices'>): string | null {
  if (selection.slice === '') return null;
  return choices.slices.find(({ slice }) => slice === selection.slice)?.title ?? selection.slice;
}
