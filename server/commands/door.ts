import type http from 'node:http';
import { z } from 'zod';
import { COMMANDS, isCommandName } from '@/server/commands/catalogue';
import type { CommandIo } from '@/server/commands/command';
import {
  type AnswerLine,
  INPUT_HEADER,
  NO_SUCH_COMMAND,
  VERSION_HEADER,
  WHO_HEADER,
} from '@/server/commands/wire';
import { systemActor } from '@/server/context';
import { AppError, isAppError } from '@/server/errors';
import { messageOf } from '@/server/redacted';
import type { Runtime } from '@/server/runtime';
import { versionOf } from '@/server/version';

/**
 * Answers the commands on the control socket: `POST /commands/<name>`, input in a header, bytes in the body, NDJSON
 * back. Who may write the data directory may use it, so the actor is the system, named after the person.
 */
export function commandDoor(runtime: CommandIo['runtime']): http.RequestListener {
  const version = versionOf(runtime.env.appRoot);
  return (request, response) => {
    response.setHeader(VERSION_HEADER, version);
    void answer(runtime, request, response);
  };
}

async function answer(
  runtime: CommandIo['runtime'],
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const write = (line: AnswerLine) => {
    if (!response.writableEnded) response.write(`${JSON.stringify(line)}\n`);
  };
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
  try {
    const name =
      request.method === 'POST' ? /^\/commands\/([a-z-]+)$/.exec(request.url ?? '')?.[1] : undefined;
    if (name === undefined || !isCommandName(name))
      throw new AppError('not_found', `${NO_SUCH_COMMAND}: ${request.method} ${request.url}`);
    const input: unknown = JSON.parse(decodeURIComponent(headerOf(request, INPUT_HEADER) ?? '{}'));
    const who = decodeURIComponent(headerOf(request, WHO_HEADER) ?? 'unknown');
    write({
      result: await runCommand(runtime, name, input, {
        body: request,
        who,
        progress: (p) => write({ progress: p }),
      }),
    });
  } catch (error) {
    const known = errorOf(error);
    if (known.code === 'internal')
      runtime.stores.log.error({ err: error, url: request.url }, 'a command failed');
    write({ error: known });
  } finally {
    response.end();
    // What was not read of a refused file would keep the sender waiting.
    request.resume();
  }
}

/** Checks the input and runs the command; the one way in, from the socket and in process. */
export async function runCommand(
  runtime: CommandIo['runtime'] & Pick<Runtime, 'stores'>,
  name: keyof typeof COMMANDS,
  input: unknown,
  io: { body: CommandIo['body']; who: string; progress: CommandIo['progress'] },
): Promise<unknown> {
  const { input: schema, run } = COMMANDS[name] as {
    input: z.ZodType;
    run(io: CommandIo, input: unknown): Promise<unknown>;
  };
  const ctx = { ...runtime.stores, actor: systemActor(`command line (${io.who})`) };
  const result = await run({ ctx, runtime, body: io.body, progress: io.progress }, schema.parse(input));
  return result ?? null;
}

/** The one line that a person may see. */
export function errorOf(error: unknown): { code: string; message: string; place?: string } {
  if (isAppError(error)) return { code: error.code, message: error.message, place: error.place };
  if (error instanceof z.ZodError) {
    const issue = error.issues[0];
    return { code: 'bad_input', message: issue?.message ?? 'bad input', place: issue?.path.join('.') };
  }
  return { code: 'internal', message: messageOf(error) };
}

function headerOf(request: http.IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
