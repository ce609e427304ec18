import Link from 'next/link';
import type { ReactNode } from 'react';
import css from './console.module.css';

interface Props {
  title: ReactNode;
  /** What the page is for, one line. */
  about?: ReactNode;
  /** Page above this one. */
  up?: { href: string; title: string };
  actions?: ReactNode;
}

export function PageHead({ title, about, up, actions }: Props) {
  return (
    <div className={css.head}>
      <div>
        {up ? (
          <Link className={css.up} href={up.href}>
            ← {up.title}
          </Link>
        ) : null}
        <h1>{title}</h1>
        {about ? <p>{about}</p> : null}
      </div>
      {actions ? <div className={css.actions}>{actions}</div> : null}
    </div>
  );
}
