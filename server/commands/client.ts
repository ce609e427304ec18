import http from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { z } from 'zod';
import type { COMMANDS, CommandName } from '@/server/commands/catalogue';
import type { Progress } from '@/server/commands/command';
import { assertStoresThere } from '@/server/commands/stores-there';
import { whoAmI } from '@/server/commands/who';
import {
  type AnswerLine,
  INPUT_HEADER,
  NO_SUCH_COMMAND,
  VERSION_HEADER,
  WHO_HEADER,
} from '@/server/commands/wire';
import { controlSocketPath, isAnswered } from '@/server/control/socket';
import type { Env } from '@/server/env';
import { AppError, ERROR_CODES, type ErrorCode } from '@/server/errors';
import { versionOf } from '@/server/version';

export type CommandInput<K extends CommandName> = z.input<(typeof COMMANDS)[K]['input']>;
export type CommandResult<K extends CommandName> = Awaited<ReturnType<(typeof COMMANDS)[K]['run']>>;

export interface CallOptions {
  body?: Readable;
  onProgress?(progress: Progress): void;
}

/** Runs commands: through the running cockpit that owns the data directory, or on stores opened for the purpose. */
export interface CommandHost {
  /** `cockpit`: a running one does the work. */
  kind: 'cockpit' | 'own';
  call<K extends CommandName>(
    name: K,
    input: CommandInput<K>,
    options?: CallOptions,
  ): Promise<CommandResult<K>>;
  close(): Promise<void>;
}

const START_TIMEOUT_MS = 180_000;
const RETRY_MS = 500;

export interface HostOptions {
  /** For what fills an installation: makes the stores when there are none. */
  mayFound?: boolean;
  onProgress?(step: string): void;
}

/**
 * @throws AppError `unavailable` when a cockpit owns the directory but does not come up, `not_found` when there are no
 * stores in it.
 */
export async function connectHost(env: Env, options: HostOptions = {}): Promise<CommandHost> {
  const socketPath = controlSocketPath(env.dataDir);
  if (await isAnswered(socketPath)) return cockpitHost(socketPath, options.onProgress);
  if (!options.mayFound) assertStoresThere(env);
  // Only now: beside a running cockpit the stores and verbs are not needed here, and loading them takes seconds.
  const [{ openRuntime }, { runCommand }, { createLog }] = await Promise.all([
    import('@/server/runtime'),
    import('@/server/commands/door'),
    import('@/server/log'),
  ]);
  // The person at the terminal is told what matters; the log of a short-lived process is noise.
  const runtime = await openRuntime(env, { onProgress: options.onProgress, log: createLog('error') });
  return {
    kind: 'own',
    call: async (name, input, { body, onProgress } = {}) =>
      jsonCopy(
        await runCommand(runtime, name, input, {
          body: body ?? Readable.from([]),
          who: whoAmI(),
          progress: onProgress ?? (() => undefined),
        }),
      ) as never,
    close: () => runtime.close(),
  };
}

/** A host behind the control socket of a running cockpit. */
export function cockpitHost(socketPath: string, onWait?: (step: string) => void): CommandHost {
  return {
    kind: 'cockpit',
    call: async (name, input, options = {}) => {
      await whenReady(socketPath, onWait);
      return (await post(socketPath, name, input, options)) as never;
    },
    close: async () => undefined,
  };
}

/** While the cockpit starts its socket answers 503; a file must not be sent before it can be taken. */
async function whenReady(socketPath: string, onWait: ((step: string) => void) | undefined): Promise<void> {
  const giveUpAtMs = Date.now() + START_TIMEOUT_MS;
  for (let told = false; ; told = true) {
    const status = await new Promise<number>((resolve, reject) => {
      const request = http.request({ socketPath, path: '/', method: 'GET' }, (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 500));
      });
      request.once('error', reject);
      request.end();
    });
    if (status !== 503) return;
    if (Date.now() > giveUpAtMs) throw new AppError('unavailable', 'the cockpit does not come up');
    if (!told) onWait?.('waiting for the cockpit to start');
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

async function post(
  socketPath: string,
  name: string,
  input: unknown,
  { body, onProgress }: CallOptions,
): Promise<unknown> {
  const request = http.request({
    socketPath,
    path: `/commands/${name}`,
    method: 'POST',
    headers: {
      [INPUT_HEADER]: encodeURIComponent(JSON.stringify(input)),
      [WHO_HEADER]: encodeURIComponent(whoAmI()),
    },
  });
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });
  // A refused file is answered before all of it was sent: the answer counts, not the broken pipe.
  const sent = pipeline(body ?? Readable.from([]), request).catch(() => undefined);
  const response = await answered.catch(cutOff);
  let last: AnswerLine | undefined;
  try {
    for await (const line of linesOf(response)) {
      const parsed = JSON.parse(line) as AnswerLine;
      if ('progress' in parsed) onProgress?.(parsed.progress);
      else last = parsed;
    }
  } catch (error) {
    cutOff(error);
  }
  await sent;
  if (!last || 'progress' in last) throw new AppError('unavailable', STOPPED);
  if ('error' in last) {
    const { code, message, place } = last.error;
    if (message.startsWith(NO_SUCH_COMMAND)) throw otherVersion(response.headers[VERSION_HEADER]);
    throw new AppError(isErrorCode(code) ? code : 'internal', message, { place });
  }
  return last.result;
}

const STOPPED = 'the cockpit stopped before it was done: start it again and repeat the command';

/** Killed or crashed, a cockpit leaves nothing but a closed socket. */
function cutOff(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ECONNRESET' || code === 'EPIPE') throw new AppError('unavailable', STOPPED, { cause: error });
  throw error;
}

/** Of a cockpit that says no version we know that it is older than the header. */
function otherVersion(running: string | string[] | undefined): AppError {
  const theirs = running === undefined ? 'an older version' : `version ${running}`;
  return new AppError(
    'conflict',
    `the running cockpit is ${theirs} and does not know this command of version ${versionOf(process.cwd())}: restart the cockpit`,
  );
}

async function* linesOf(stream: Readable): AsyncIterable<string> {
  let rest = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line) yield line;
  }
  if (rest) yield rest;
}

/** Both hosts give the same: what went through JSON. */
function jsonCopy(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}

function isErrorCode(code: string): code is ErrorCode {
  return (ERROR_CODES as readonly string[]).includes(code);
}
