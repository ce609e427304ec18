import { z } from 'zod';

export const MANIFEST_FILE = 'manifest.json';
export const WAREHOUSE_FILE = 'warehouse.tar.zst';

/** What a backup holds and how to know that it is whole. */
export const backupManifestSchema = z.object({
  format: z.literal(1),
  createdAt: z.string(),
  versions: z.object({ database: z.string(), warehouse: z.string() }),
  /** Applied migrations by store, in order: a backup is restored by the same version of the product. */
  migrations: z.object({ database: z.array(z.string()), warehouse: z.array(z.string()) }),
  tables: z.record(z.string(), z.object({ file: z.string(), rows: z.number(), sha256: z.string() })),
  /** Rows by table, as counted before and after the copy: a running cockpit goes on working. */
  warehouse: z.object({
    file: z.string(),
    sha256: z.string(),
    rows: z.record(z.string(), z.object({ least: z.number(), most: z.number() })),
  }),
});
export type BackupManifest = z.infer<typeof backupManifestSchema>;
