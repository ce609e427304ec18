import { isoOf } from '@/metrics/time/zone';
import type { Context } from '@/server/context';
import { AppError } from '@/server/errors';
import { type AuditRow, type ListAuditInput, listAudit } from '@/server/services/audit/list';
import { recordAudit } from '@/server/services/audit/record';

const PAGE = 200;
const MAX_ROWS = 50_000;
const HEADER = '时间,操作者,操作者类别,操作者编号,动作,对象,对象编号,结果,地址,详情';

/**
 * The filtered audit as CSV with a byte order mark, so that spreadsheet programs read it as UTF-8; newest first.
 * @throws AppError `too_large` instead of a silent cut.
 */
export async function auditCsv(
  ctx: Context,
  filter: Omit<ListAuditInput, 'cursor' | 'limit'>,
): Promise<string> {
  const lines = [HEADER];
  let cursor: number | undefined;
  do {
    const page = await listAudit(ctx, { ...filter, cursor, limit: PAGE });
    lines.push(...page.entries.map(lineOf));
    if (lines.length > MAX_ROWS + 1)
      throw new AppError('too_large', `超过 ${MAX_ROWS} 条,请缩小时间范围`, { place: 'from' });
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  await recordAudit(ctx, { action: 'audit.export', entity: 'audit', details: { rows: lines.length - 1 } });
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function lineOf(row: AuditRow): string {
  return [
    isoOf(row.at.getTime()),
    row.actorName,
    row.actorKind,
    row.actorId,
    row.action,
    row.entity,
    row.entityId,
    row.outcome,
    row.address ?? '',
    JSON.stringify(row.details),
  ]
    .map(csvField)
    .join(',');
}

/** Names and details come from people: a leading = + - @ would be run as a formula by a spreadsheet program. */
function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
