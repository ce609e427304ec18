/** Work that callers share while it is under way: who asks for the same key meanwhile gets the same end of it. */
export interface UnderWay {
  has(key: string): boolean;
  /** Starts the work, or joins what was started under this key. A key stands for one kind of work. */
  share<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** Of one process. Kept with its stores, because Next may bundle the module of a verb more than once. */
export function createUnderWay(): UnderWay {
  const running = new Map<string, Promise<unknown>>();
  return {
    has: (key) => running.has(key),
    share: <T>(key: string, work: () => Promise<T>) => {
      const known = running.get(key);
      if (known) return known as Promise<T>;
      const started = work().finally(() => running.delete(key));
      running.set(key, started);
      return started;
    },
  };
}
