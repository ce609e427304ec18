import type { ApiInputs } from '@/components/trpc/outputs';

type Input = ApiInputs['audit']['list'];

export interface AuditFilter {
  search: string;
  action: string;
  outcome: '' | NonNullable<Input['outcome']>;
  /** `2026-11-23T08:00` as typed, Asia/Shanghai. */
  from: string;
  to: string;
}

export const NO_FILTER: AuditFilter = { search: '', action: '', outcome: '', from: '', to: '' };

/** The filter for the procedure and for the download, which must agree. */
export function auditQuery(filter: AuditFilter): { input: Omit<Input, 'cursor' | 'limit'>; search: string } {
  const from = instantOf(filter.from);
  const to = instantOf(filter.to);
  const input = {
    ...(filter.search.trim() ? { search: filter.search.trim() } : {}),
    ...(filter.action ? { action: filter.action } : {}),
    ...(filter.outcome ? { outcome: filter.outcome } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  };
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(input))
    search.set(name, value instanceof Date ? value.toISOString() : value);
  return { input, search: search.toString() };
}

/** What is typed is the province's time wherever the reader is; half typed is no limit yet. */
function instantOf(text: string): Date | null {
  if (text === '') return null;
  const at = new Date(`${text}:00+08:00`);
  return Number.isNaN(at.getTime()) ? null : at;
}
