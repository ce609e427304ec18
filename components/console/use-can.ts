'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/client';

/** What the reader may do; nothing until it is known. */
export function useCapabilities(): readonly string[] {
  const { data } = useQuery(useTRPC().session.me.queryOptions());
  return data?.capabilities ?? [];
}

/** Whether to show what needs a capability; the verb checks it anyway. */
export function useCan(capability: string): boolean {
  return useCapabilities().includes(capability);
}
