'use client';

import { useState } from 'react';
import styles from '@/components/desk/desk.module.css';
import own from '@/components/desk/hero.module.css';

/** The series as a file, and the call that gives it to a program. */
export function RestCall({
  path,
  csvPath,
  mayExport,
}: {
  path: string;
  csvPath: string;
  mayExport: boolean;
}) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    const text = `curl -H "Authorization: Bearer $TOKEN" "${window.location.origin}${path}"`;
    try {
      await navigator.clipboard.writeText(text);
      setSaid('已复制');
    } catch {
      // Without TLS a browser has no clipboard for us: show the text to be copied by hand.
      setSaid(text);
    }
  };
  return (
    <>
      {mayExport && (
        <a className={styles.button} href={csvPath} download>
          下载 CSV
        </a>
      )}
      <button type="button" className={styles.button} onClick={() => void copy()}>
        复制 REST 调用
      </button>
      <output className={own.said}>{said}</output>
    </>
  );
}
