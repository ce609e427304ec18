import { EventEmitter } from 'node:events';

/**
 * Events inside the product. They say that something changed and where, never carry data that a scope could forbid:
 * listeners read again through the services.
 */
export interface BusEvents {
  /** Observations were appended; `version` is the data version after it. */
  observations: { version: number; metrics: string[]; regions: number[] };
  /** A load was accepted. */
  load: { loadId: string; dataset: string; accepted: number };
  /** A job run changed its state. */
  job: { runId: string; job: string; outcome: string };
  /** A session, token or device link was revoked: streams of it must close. */
  revoked: { actorId: string };
}

export type BusEventName = keyof BusEvents;

export interface Bus {
  emit<K extends BusEventName>(name: K, event: BusEvents[K]): void;
  on<K extends BusEventName>(name: K, listener: (event: BusEvents[K]) => void): () => void;
}

/** In-process bus; with ROLE=web|worker the PostgreSQL bridge (server/db/notify.ts) forwards events between processes. */
export function createBus(): Bus {
  const emitter = new EventEmitter();
  // Every open wall is a listener.
  emitter.setMaxListeners(0);
  return {
    emit: (name, event) => {
      emitter.emit(name, event);
    },
    on: (name, listener) => {
      emitter.on(name, listener);
      return () => emitter.off(name, listener);
    },
  };
}
