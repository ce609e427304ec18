import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Context } from '@/server/context';
import type { Runtime } from '@/server/runtime';

/** A line for the person at the terminal while a command works. */
export interface Progress {
  step: string;
  rows?: number;
}

/** What a command works with; the same beside a running cockpit and without one. */
export interface CommandIo {
  ctx: Context;
  runtime: Pick<Runtime, 'env' | 'stores' | 'database'>;
  /** Bytes that came with the call (a file to load); commands that take none ignore it. */
  body: Readable;
  progress(progress: Progress): void;
}

/** A maintenance command: input schema and verb. The result must survive JSON. */
export interface Command<Schema extends z.ZodType, Result> {
  input: Schema;
  run(io: CommandIo, input: z.output<Schema>): Promise<Result>;
}

/** Infers the types of a command from its parts. */
export function command<Schema extends z.ZodType, Result>(
  parts: Command<Schema, Result>,
): Command<Schema, Result> {
  return parts;
}
