import type { datasetLoad } from '@/server/db/schema/ingest';

export const LOAD_ORIGINS = ['command', 'upload', 'push', 'seed'] as const;
export type LoadOrigin = (typeof LOAD_ORIGINS)[number];

/** `demo`: every number computed from its rows is shown as 演示数据. */
export const PROVENANCES = ['real', 'demo'] as const;
export type Provenance = (typeof PROVENANCES)[number];

export type LoadStatus = 'received' | 'staged' | 'committed' | 'failed';
export type LoadRow = typeof datasetLoad.$inferSelect;
