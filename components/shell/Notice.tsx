import type { ReactNode } from 'react';

interface Props {
  title: string;
  children: ReactNode;
  /** Links and buttons out of here; the wall and the console by default. */
  ways?: ReactNode;
}

/** A whole page that says one thing: what happened, and the ways out. Plain links: it must work when nothing else does. */
export function Notice({ title, children, ways }: Props) {
  return (
    <main className="notice">
      <div className="notice-card">
        <h1>{title}</h1>
        <p>{children}</p>
        <nav className="notice-ways" aria-label="去处">
          {ways}
          <a href="/">回到大屏</a>
          <a href="/console">控制台</a>
        </nav>
      </div>
    </main>
  );
}
