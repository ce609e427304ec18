'use client';

import { App, Button, Input, Modal } from 'antd';
import css from './console.module.css';

export interface Secret {
  title: string;
  /** What to do with it. */
  note: string;
  text: string;
}

/** Shown this once: only its hash is kept. */
export function SecretDialog({ secret, onClose }: { secret: Secret | undefined; onClose: () => void }) {
  const { message } = App.useApp();
  const copy = async (text: string) => {
    if (await copyText(text)) message.success('已复制');
    else message.warning('浏览器不允许复制,请手工选中复制');
  };
  return (
    <Modal
      open={secret !== undefined}
      title={secret?.title}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={<Button onClick={onClose}>我已妥善保存,关闭</Button>}
    >
      {secret ? (
        <>
          <p>{secret.note} 关闭后无法再次查看。</p>
          <div className={css.secret}>
            <Input
              readOnly
              aria-label={secret.title}
              value={secret.text}
              onFocus={(e) => e.target.select()}
            />
            <Button type="primary" onClick={() => void copy(secret.text)}>
              复制
            </Button>
          </div>
        </>
      ) : null}
    </Modal>
  );
}

/** Over plain HTTP on an intranet there is no Clipboard API. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    document.querySelector('[role="dialog"]')?.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }
}
