import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { recordRun } from '@/server/compute/run-record';
import { jobRun } from '@/server/db/schema/ingest';
import { createLog } from '@/server/log';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

const TOKEN = 'yp_51f0c2d9e8a7b6';

/** A log and all that was written to it. */
function logged() {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  return { log, text: () => lines.join('') };
}

async function failureOf(work: PromiseLike<unknown>): Promise<Error> {
  return Promise.resolve(work).then(
    () => {
      throw new Error('it did not fail');
    },
    (error: Error) => error,
  );
}

const engine = (statement: string) =>
  runtime.stores.warehouse.screens.rows({
    name: 'fails',
    sql: statement,
    params: { secret: TOKEN },
    row: z.object({}),
  });

describe('a failed statement in the log', () => {
  it.each([
    ['drizzle', () => runtime.stores.db.execute(sql`SELECT 1 FROM nowhere WHERE x = ${TOKEN}`), 'nowhere'],
    ['a value of the wrong type', () => runtime.stores.db.execute(sql`SELECT ${TOKEN}::int`), 'Failed query'],
    ['the pool', () => runtime.database.pool.query('SELECT $1::int', [TOKEN]), 'invalid input syntax'],
    ['the engine, an unknown name', () => engine('SELECT nowhere WHERE {secret:String} != 0'), 'nowhere'],
    ['the engine, a value', () => engine('SELECT toUInt32({secret:String}) AS a'), 'Cannot parse'],
  ])('says what failed and none of its parameters: %s', async (_, work, told) => {
    const error = await failureOf(work());
    // What this guards against: the library's own text has the value.
    expect([error.message, (error.cause as Error | undefined)?.message].join()).toContain(TOKEN);
    const { log, text } = logged();
    log.error({ err: error }, 'request failed');
    log.error(error);
    log.warn({ reason: new Error('outer', { cause: error }) }, 'under another name');
    expect(text()).not.toContain(TOKEN);
    expect(text().split(told).length).toBeGreaterThan(3);
    expect(text()).toMatch(/"stack":".*log\.integration\.test\.ts|"stack":".*\\n\s+at /);
  });

  it('is kept in the record of its run without parameters as well', async () => {
    const work = async () => {
      await runtime.stores.db.execute(sql`SELECT 1 FROM nowhere WHERE x = ${TOKEN}`);
      throw new Error('it did not fail');
    };
    await failureOf(recordRun(runtime.stores, { id: 'r', job: 'compute' }, work));
    const [run] = await runtime.stores.db.select().from(jobRun);
    expect(run?.error).toContain('nowhere');
    expect(run?.error).not.toContain(TOKEN);
  });
});
