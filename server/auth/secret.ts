import { createHash, randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Stores } from '@/server/context';
import { setting } from '@/server/db/schema/registry';

const AUTH_SECRET_KEY = 'auth_secret';

/** An unguessable text of 256 bits, safe in URLs and headers. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token or a device secret. They are random, so a plain hash resists guessing. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Letters and digits that are not mistaken for each other when a password is read from a terminal. */
const PASSWORD_ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const GENERATED_PASSWORD_LENGTH = 16;

export function generatePassword(): string {
  let password = '';
  while (password.length < GENERATED_PASSWORD_LENGTH) {
    for (const byte of randomBytes(32)) {
      // Bytes beyond the last whole multiple of the alphabet would favour its first letters.
      const fair = byte < 256 - (256 % PASSWORD_ALPHABET.length);
      if (fair && password.length < GENERATED_PASSWORD_LENGTH)
        password += PASSWORD_ALPHABET[byte % PASSWORD_ALPHABET.length];
    }
  }
  return password;
}

/**
 * Signs session cookies. Kept in the metadata store, so that every process on one database accepts the others'
 * cookies and a restored backup keeps its sessions.
 */
export async function authSecret(stores: Pick<Stores, 'db' | 'clock'>): Promise<string> {
  await stores.db
    .insert(setting)
    .values({ key: AUTH_SECRET_KEY, value: randomSecret(), updatedAt: new Date(stores.clock.nowMs()) })
    .onConflictDoNothing();
  const [row] = await stores.db.select().from(setting).where(eq(setting.key, AUTH_SECRET_KEY));
  if (typeof row?.value !== 'string') throw new Error('the setting auth_secret is not a text');
  return row.value;
}
