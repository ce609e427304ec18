import { type DestinationStream, type Logger, pino } from 'pino';
import { isError, redacted } from '@/server/redacted';

export type Log = Logger;

/**
 * One JSON line an event on stdout; `name` says which part of the server speaks. Errors are written down without the
 * bound parameters of the statement that failed, under whatever name they come.
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    // Done by the hook: the library's own would take a redacted error apart once more.
    serializers: { err: (err: unknown) => err },
    hooks: {
      // Before the library looks at them: it makes an error's message the line's own.
      logMethod(this: Logger, args: unknown[], method: (...args: unknown[]) => void) {
        method.apply(this, args.map(withoutParameters));
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

function withoutParameters(value: unknown): unknown {
  if (isError(value)) return { err: redacted(value) };
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, isError(field) ? redacted(field) : field]),
  );
}
