'use client';

import {
  type UseMutationOptions,
  type UseMutationResult,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { App } from 'antd';
import { problemOf } from './problem';

/**
 * A change with a word on what became of it; afterwards everything on the page is read again. `shown: false` leaves
 * the failure to the form that shows it at its field.
 */
export function useAct<Data, Failure, Input>(
  options: UseMutationOptions<Data, Failure, Input>,
  done: string,
  { shown = true }: { shown?: boolean } = {},
): UseMutationResult<Data, Failure, Input> {
  const { message } = App.useApp();
  const client = useQueryClient();
  return useMutation({
    ...options,
    onSuccess: async () => {
      message.success(done);
      await client.invalidateQueries();
    },
    onError: (error) => {
      if (shown) message.error(problemOf(error).message, 6);
    },
  });
}
