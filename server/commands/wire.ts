import type { Progress } from '@/server/commands/command';

/** One line of an answer: progress as it comes, then a result or an error as the last line. */
export type AnswerLine =
  | { progress: Progress }
  | { result: unknown }
  | { error: { code: string; message: string; place?: string } };

/** Header with the input as JSON, percent-encoded: the body is left for a file's bytes. */
export const INPUT_HEADER = 'x-yiping-input';
/** Header with the name of the person at the terminal, for the audit. */
export const WHO_HEADER = 'x-yiping-who';
/** Header of the answer with the version of the running cockpit. */
export const VERSION_HEADER = 'x-yiping-version';
/** How the answer to a command that the cockpit does not know begins. */
export const NO_SUCH_COMMAND = 'no such command';
