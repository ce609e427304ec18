'use client';

import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { PassportDialog } from '@/components/metric/PassportDialog';
import type { CellKey } from '@/metrics/model/cell';

const OpenPassport = createContext<(cell: CellKey) => void>(() => undefined);

/** Opens the passport of a cell from any number below the provider. */
export function useOpenPassport(): (cell: CellKey) => void {
  return useContext(OpenPassport);
}

export function PassportProvider({ asOfMs, children }: { asOfMs?: number | undefined; children: ReactNode }) {
  const [cell, setCell] = useState<CellKey | null>(null);
  const close = useCallback(() => setCell(null), []);
  return (
    <OpenPassport value={setCell}>
      {children}
      {cell && <PassportDialog cell={cell} asOfMs={asOfMs} onOpen={setCell} onClose={close} />}
    </OpenPassport>
  );
}
