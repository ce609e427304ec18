'use client';

import { useEffect, useId, useRef, useState } from 'react';
import styles from '@/components/screen/wall-menu.module.css';
import { AccountFacts } from '@/components/shell/AccountFacts';
import { OtherFaces } from '@/components/shell/OtherFaces';
import type { ApiOutputs } from '@/components/trpc/outputs';

/** The ways out of the wall, quiet: its other faces, and the account with signing out. The wall has no antd. */
export function WallMenu({ me }: { me: ApiOutputs['session']['me'] }) {
  return (
    <div className={styles.menu}>
      <OtherFaces shown="wall" capabilities={me.capabilities} className={styles.faces} />
      <Account me={me} />
    </div>
  );
}

function Account({ me }: { me: ApiOutputs['session']['me'] }) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    const onOutside = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    // Captured: Esc closes what is open before it leads the map up.
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      setOpen(false);
      button.current?.focus();
    };
    window.addEventListener('pointerdown', onOutside);
    window.addEventListener('focusin', onOutside);
    window.addEventListener('keydown', onKey, { capture: true });
    return () => {
      window.removeEventListener('pointerdown', onOutside);
      window.removeEventListener('focusin', onOutside);
      window.removeEventListener('keydown', onKey, { capture: true });
    };
  }, [open]);
  return (
    <div ref={box} className={styles.account}>
      <button
        ref={button}
        type="button"
        className={styles.open}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {me.name} <span aria-hidden="true">▾</span>
        <span className="visually-hidden">({me.roleTitle}),账号</span>
      </button>
      <section id={id} className={styles.sheet} aria-label="账号" hidden={!open}>
        <AccountFacts me={me} buttonClass={styles.open} />
      </section>
    </div>
  );
}
