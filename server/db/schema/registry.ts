import { boolean, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

const at = (name: string) => timestamp(name, { withTimezone: true });

/** Every version of every definition (口径). The body is the definition itself, as the schema in metrics/model has it. */
export const definition = pgTable(
  'definition',
  {
    code: text('code').notNull(),
    version: integer('version').notNull(),
    status: text('status').notNull(),
    hash: text('hash').notNull(),
    body: jsonb('body').$type<unknown>().notNull(),
    effectiveFrom: at('effective_from').notNull(),
    createdAt: at('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (t) => [primaryKey({ columns: [t.code, t.version] })],
);

/** Boundary files an operator loaded; at most one is active, else the shipped one is shown. */
export const boundarySet = pgTable('boundary_set', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** 审图号 of the map, as its publisher states it. */
  approvalNumber: text('approval_number'),
  sourceLine: text('source_line').notNull(),
  topology: jsonb('topology').$type<unknown>().notNull(),
  active: boolean('active').notNull().default(false),
  createdAt: at('created_at').notNull(),
  createdBy: text('created_by').notNull(),
});

/** Holiday arrangements that an operator added or corrected; a shipped year of the same number gives way to it. */
export const holidayYear = pgTable('holiday_year', {
  year: integer('year').primaryKey(),
  /** Days off, 'YYYY-MM-DD'. */
  off: text('off').array().notNull(),
  /** Weekend days declared working (调休上班), 'YYYY-MM-DD'. */
  work: text('work').array().notNull(),
  /** Where the arrangement was published. */
  source: text('source').notNull(),
  updatedAt: at('updated_at').notNull(),
  updatedBy: text('updated_by').notNull(),
});

/** Small facts about this installation, e.g. that it was seeded and from which seed number. */
export const setting = pgTable('setting', {
  key: text('key').primaryKey(),
  value: jsonb('value').$type<unknown>().notNull(),
  updatedAt: at('updated_at').notNull(),
});
