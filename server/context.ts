import type { RegionCode } from '@/metrics/model/cell';
import type { Bus } from '@/server/bus';
import type { Registry } from '@/server/catalogue/registry';
import type { Database } from '@/server/db/client';
import type { Locks } from '@/server/db/locks';
import type { Log } from '@/server/log';
import type { UnderWay } from '@/server/under-way';
import type { Warehouse } from '@/server/warehouse/client';

export const ROLES = ['leader', 'analyst', 'operator', 'admin', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** What an actor may read. `domains: null` means every domain. A region includes everything below it. */
export interface DataScope {
  regions: RegionCode[];
  domains: string[] | null;
}

/** Whoever acts: a signed-in person, a bearer token, a wall's device link, or the system itself (jobs, first start). */
export interface Actor {
  kind: 'user' | 'token' | 'device' | 'system';
  id: string;
  /** Shown in the audit. */
  name: string;
  role: Role;
  scope: DataScope;
}

/** Instants come from here, so that tests hold the clock. */
export interface Clock {
  nowMs(): number;
}

export const systemClock: Clock = { nowMs: () => Date.now() };

/** How people reach the cockpit: decides cookies, origin checks and whose X-Forwarded-For is believed. */
export interface Network {
  publicUrl?: string;
  trustedProxies: readonly string[];
}

/** The jobs of this process, for verbs that start one. */
export interface JobDoor {
  /** Starts a job now. @returns the run's id, before the run ends. */
  runNow(name: string): Promise<string>;
}

/** Everything with side effects that a verb may need; built once by the runtime. */
export interface Stores {
  db: Database;
  locks: Locks;
  underWay: UnderWay;
  warehouse: Warehouse;
  bus: Bus;
  registry: Registry;
  clock: Clock;
  log: Log;
  /** Directory for files that must outlive the process (uploads in flight, backups). */
  dataDir: string;
  network: Network;
  /** Present while this process runs jobs. */
  jobs?: JobDoor;
}

/** What every service verb takes first. */
export interface Context extends Stores {
  actor: Actor;
  /** Where the asker is, for the audit; absent for the system's own work. */
  address?: string | null;
}

export function systemActor(name: string): Actor {
  return { kind: 'system', id: name, name, role: 'admin', scope: { regions: [100000], domains: null } };
}
