import { type ReactNode, useId } from 'react';
import css from './console.module.css';

/** A label tied to its control by id; the control takes the id it is given. */
export function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
