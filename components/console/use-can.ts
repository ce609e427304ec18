'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/client';

/** Whether to show what needs a capability; the verb checks it anyway. */
export function useCan(capability: string): boolean {
  const { data } = useQuery(useTRPC().session.me.queryOptions());
  const capabilities: readonly string[] = data?.capabilities ?? [];
  return capabilities.includes(capability);
}
