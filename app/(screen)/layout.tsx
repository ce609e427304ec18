import type { ReactNode } from 'react';
import { ApiProvider } from '@/components/trpc/client';

export default function ScreenLayout({ children }: { children: ReactNode }) {
  return <ApiProvider>{children}</ApiProvider>;
}
