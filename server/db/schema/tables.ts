import * as access from '@/server/db/schema/access';
import * as auth from '@/server/db/schema/auth';
import * as ingest from '@/server/db/schema/ingest';
import * as registry from '@/server/db/schema/registry';

/** Every table, for Drizzle and for the sign-in library's adapter. */
export const tables = { ...auth, ...access, ...registry, ...ingest };
