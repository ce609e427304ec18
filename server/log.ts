import { type Logger, pino } from 'pino';

export type Log = Logger;

/** One JSON line an event on stdout; `name` says which part of the server speaks. */
export function createLog(level: string): Log {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime });
}
