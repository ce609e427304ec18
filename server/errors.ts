/** Error codes of the product; the API maps them to HTTP and tRPC once, in server/api. */
export const ERROR_CODES = [
  'bad_input',
  'unauthenticated',
  'forbidden',
  'not_found',
  'method_not_allowed',
  'conflict',
  'too_large',
  'too_many',
  'busy',
  'unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error that a user may see: what is wrong (`message`), where (`place`, e.g. "row 12, column pm25"). */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly place?: string;
  readonly details?: unknown;

  constructor(
    code: ErrorCode,
    message: string,
    options: { place?: string; details?: unknown; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.place = options.place;
    this.details = options.details;
  }
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'code' in error;
}
