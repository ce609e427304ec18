'use client';

import { useMemo } from 'react';
import type { BoundaryTopology } from '@/metrics/geo/boundary-topology';
import css from './boundaries.module.css';
import { drawBoundaries } from './boundary-path';

export function BoundaryPicture({ topology, label }: { topology: BoundaryTopology; label: string }) {
  const drawing = useMemo(() => drawBoundaries(topology), [topology]);
  return (
    <svg className={css.picture} viewBox={drawing.viewBox} role="img" aria-label={label}>
      {drawing.county.map(({ code, name, d }) => (
        <path key={code} className={css.county} d={d}>
          <title>
            {name} {code}
          </title>
        </path>
      ))}
      {drawing.city.map(({ code, d }) => (
        <path key={code} className={css.city} d={d} />
      ))}
    </svg>
  );
}
