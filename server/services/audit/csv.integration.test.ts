import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditCsv } from '@/server/services/audit/csv';
import { recordAudit } from '@/server/services/audit/record';
import { actorOf } from '@/tests/support/actors';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

describe('audit as CSV', () => {
  it('gives every matching entry over page borders, and leaves an entry itself', async () => {
    const ctx = runtime.context(actorOf('auditor'));
    for (let i = 0; i < 205; i++)
      await recordAudit(ctx, { action: 'load.create', entity: 'load', entityId: String(i) });
    const lines = (await auditCsv(ctx, { action: 'load.create' })).trimEnd().split('\r\n');
    expect(lines).toHaveLength(206);
    expect((await auditCsv(ctx, { action: 'audit.export' })).split('\r\n')[1]).toContain('""rows"":205');
  });

  it('writes no field that a spreadsheet program would run', async () => {
    const ctx = runtime.context({ ...actorOf('auditor'), name: '=HYPERLINK("x")' });
    await recordAudit(ctx, { action: 'token.create', entity: 'token' });
    expect(await auditCsv(ctx, { action: 'token.create' })).toContain(`,"'=HYPERLINK(""x"")",`);
  });

  it('refuses who may not read the audit', async () => {
    for (const role of ['leader', 'analyst', 'operator'] as const)
      await expect(auditCsv(runtime.context(actorOf(role)), {})).rejects.toMatchObject({
        code: 'forbidden',
      });
  });
});
