import type { Stores } from '@/server/context';
import { setting } from '@/server/db/schema/registry';

/** Puts a value under its key, in place of the one before; the key's owner says what may stand there. */
export async function putSetting(
  { db, clock }: Pick<Stores, 'db' | 'clock'>,
  key: string,
  value: unknown,
): Promise<void> {
  const updatedAt = new Date(clock.nowMs());
  await db
    .insert(setting)
    .values({ key, value, updatedAt })
    .onConflictDoUpdate({ target: setting.key, set: { value, updatedAt } });
}
