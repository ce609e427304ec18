import { TRPCClientError } from '@trpc/client';

/** A refusal or failure as a person should read it: what, and where in the form. */
export interface Problem {
  message: string;
  place: string | null;
  /** Asking again may help: the server did not answer, or failed. */
  retryable: boolean;
}

export function problemOf(error: unknown): Problem {
  if (error instanceof TRPCClientError) {
    const data: unknown = error.data;
    const field = (name: string): unknown =>
      typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
    const status = field('httpStatus');
    const place = field('place');
    if (status === undefined)
      return { message: '连不上服务器,请检查网络后重试', place: null, retryable: true };
    return {
      message: error.message,
      place: typeof place === 'string' ? place : null,
      retryable: typeof status !== 'number' || status >= 500,
    };
  }
  return {
    message: error instanceof Error ? error.message : String(error),
    place: null,
    retryable: true,
  };
}
