import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { ensureDemoAccounts } from '@/server/auth/first-start';
import { command } from '@/server/commands/command';
import type { Stores } from '@/server/context';
import { setting } from '@/server/db/schema/registry';

const SEED_KEY = 'seed';

/** How this installation was filled with demo data: kept so that a killed seeding goes on where it stopped. */
export const seedStateSchema = z.object({
  /** Seed number of the generators. */
  seed: z.number().int(),
  startMs: z.number().int(),
  /** Instant up to which data were generated; the feed moves it forward. */
  endMs: z.number().int(),
  done: z.boolean(),
});
export type SeedState = z.infer<typeof seedStateSchema>;

async function readSeed(stores: Pick<Stores, 'db'>): Promise<SeedState | null> {
  const [row] = await stores.db.select().from(setting).where(eq(setting.key, SEED_KEY));
  return row ? seedStateSchema.parse(row.value) : null;
}

/** The state of the demo data, null when the installation was never filled with any. */
export const seedState = command({ input: z.object({}), run: (io) => readSeed(io.ctx) });

/** Begins seeding, or gives what an earlier beginning wrote down. */
export const seedBegin = command({
  input: seedStateSchema.omit({ done: true }),
  run: async (io, input) => {
    await io.ctx.db
      .insert(setting)
      .values({
        key: SEED_KEY,
        value: { ...input, done: false },
        updatedAt: new Date(io.ctx.clock.nowMs()),
      })
      .onConflictDoNothing();
    const state = await readSeed(io.ctx);
    return state ?? { ...input, done: false };
  },
});

/** Writes down that everything up to an instant has been loaded. */
export const seedAdvance = command({
  input: z.object({ endMs: z.number().int() }),
  run: async (io, { endMs }) => {
    const state = await readSeed(io.ctx);
    if (!state) return null;
    const next: SeedState = { ...state, endMs: Math.max(state.endMs, endMs), done: true };
    await io.ctx.db
      .update(setting)
      .set({ value: next, updatedAt: new Date(io.ctx.clock.nowMs()) })
      .where(eq(setting.key, SEED_KEY));
    return next;
  },
});

/** One account a role; gives the passwords of those that were made now. */
export const demoAccounts = command({
  input: z.object({}),
  run: (io) => ensureDemoAccounts(io.runtime.stores),
});
