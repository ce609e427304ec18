import { bigserial, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

const at = (name: string) => timestamp(name, { withTimezone: true });

/** Bearer tokens of the REST API. Only the SHA-256 of a token is kept. */
export const apiToken = pgTable('api_token', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  tokenHash: text('token_hash').notNull().unique(),
  role: text('role').notNull(),
  regions: integer('regions').array().notNull(),
  domains: text('domains').array(),
  createdBy: text('created_by').notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
  expiresAt: at('expires_at'),
  revokedAt: at('revoked_at'),
  lastUsedAt: at('last_used_at'),
});

/** A wall signs in with such a link, without a keyboard. Only the hash of its secret is kept. */
export const deviceLink = pgTable('device_link', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  secretHash: text('secret_hash').notNull().unique(),
  role: text('role').notNull(),
  regions: integer('regions').array().notNull(),
  domains: text('domains').array(),
  createdBy: text('created_by').notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
  expiresAt: at('expires_at'),
  revokedAt: at('revoked_at'),
  lastSeenAt: at('last_seen_at'),
});

/** Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE (see the migrations). */
export const audit = pgTable(
  'audit',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    at: at('at').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    /** verb, e.g. `auth.sign_in`, `load.create`, `token.revoke`. */
    action: text('action').notNull(),
    entity: text('entity').notNull(),
    entityId: text('entity_id').notNull().default(''),
    outcome: text('outcome').notNull(),
    address: text('address'),
    details: jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [index('audit_at').on(t.at)],
);
