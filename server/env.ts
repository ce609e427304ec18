import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';

/**
 * The only reader of process.env. Every setting has a working default; a combination that cannot work is refused
 * with one line that says what to change.
 */
const schema = z.object({
  DATA_DIR: z.string().min(1).default('.data'),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  /** Address to listen on; the wall in the next room is the usual reader, so all interfaces by default. */
  HOST: z.string().default('0.0.0.0'),
  ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  CLICKHOUSE_URL: z.url({ protocol: /^https?$/ }).optional(),
  CLICKHOUSE_CLUSTER: z
    .string()
    .regex(/^[A-Za-z0-9_]+$/)
    .optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  ADMIN_PASSWORD: z.string().min(12).optional(),
  /** Public origin, when a proxy terminates TLS: cookies become Secure and origin checks use it. */
  PUBLIC_URL: z.url().optional(),
  /** Comma-separated addresses or CIDRs whose X-Forwarded-For is believed. */
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .refine((text) => listOf(text).every(isAddressOrRange), {
      error: 'must be addresses or ranges (10.0.0.0/8), separated by commas',
    }),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug']).default('info'),
});

export interface Env {
  dataDir: string;
  port: number;
  host: string;
  role: 'all' | 'web' | 'worker';
  clickhouseUrl?: string;
  clickhouseCluster?: string;
  databaseUrl?: string;
  adminPassword?: string;
  publicUrl?: string;
  trustedProxies: string[];
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug';
  /** Where the application's files lie (catalogue, migrations, seed). */
  appRoot: string;
}

export class EnvError extends Error {}

/** Reads and checks the settings; throws {@link EnvError} with one line naming the variable and the remedy. */
export function readEnv(
  source: Record<string, string | undefined> = process.env,
  appRoot: string = process.cwd(),
): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new EnvError(`${issue?.path.join('.') ?? 'environment'}: ${issue?.message ?? 'invalid'}`);
  }
  const e = parsed.data;
  if (e.ROLE !== 'all' && !(e.CLICKHOUSE_URL && e.DATABASE_URL)) {
    throw new EnvError(
      `ROLE=${e.ROLE} needs both CLICKHOUSE_URL and DATABASE_URL: the embedded stores belong to one process`,
    );
  }
  if (e.CLICKHOUSE_CLUSTER && !e.CLICKHOUSE_URL) {
    throw new EnvError('CLICKHOUSE_CLUSTER needs CLICKHOUSE_URL: the embedded warehouse has no cluster');
  }
  return {
    dataDir: path.resolve(appRoot, e.DATA_DIR),
    port: e.PORT,
    host: e.HOST,
    role: e.ROLE,
    clickhouseUrl: e.CLICKHOUSE_URL,
    clickhouseCluster: e.CLICKHOUSE_CLUSTER,
    databaseUrl: e.DATABASE_URL,
    adminPassword: e.ADMIN_PASSWORD,
    publicUrl: e.PUBLIC_URL,
    trustedProxies: listOf(e.TRUSTED_PROXIES),
    logLevel: e.LOG_LEVEL,
    appRoot,
  };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

function isAddressOrRange(text: string): boolean {
  const [address = '', bits] = text.split('/');
  const family = isIP(address);
  if (family === 0 || text.split('/').length > 2) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
