'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { whenZh } from './format';
import { problemOf } from './problem';

interface Props<Data> {
  query: UseQueryResult<Data, unknown>;
  children: (data: Data) => ReactNode;
}

/**
 * What was read last stays on the page: while it is read again, and when reading failed, with the time it is of. A
 * skeleton is shown only before the first answer.
 */
export function QueryView<Data>({ query, children }: Props<Data>) {
  const { data, error, dataUpdatedAt, isFetching, refetch } = query;
  const retry = (
    <Button size="small" loading={isFetching} onClick={() => void refetch()}>
      重试
    </Button>
  );
  if (data === undefined) {
    if (!error) return <Skeleton active title={false} paragraph={{ rows: 6 }} />;
    const { message, retryable } = problemOf(error);
    return <Alert type="error" showIcon title={message} action={retryable ? retry : undefined} />;
  }
  return (
    <>
      {error ? (
        <Alert
          type="warning"
          showIcon
          title={`未能更新,以下是 ${whenZh(dataUpdatedAt)} 读到的内容:${problemOf(error).message}`}
          action={retry}
          style={{ marginBottom: 12 }}
        />
      ) : null}
      {children(data)}
    </>
  );
}
