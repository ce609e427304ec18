'use client';

import { Alert, Form, type FormInstance, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { placeProblem } from './form-problem';

interface Props<Values> {
  open: boolean;
  title: string;
  okText: string;
  form: FormInstance<Values>;
  initial: Values;
  /** Names of the fields a refusal may be about. */
  fields: readonly string[];
  submit: (values: Values) => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog: what is refused stands at its field, and nothing that was typed is lost. */
export function FormDialog<Values extends object>(props: Props<Values>) {
  const { open, title, okText, form, initial, fields, submit, onClose, children } = props;
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (values: Values) => {
    setBusy(true);
    setProblem(null);
    try {
      await submit(values);
      onClose();
    } catch (error) {
      setProblem(placeProblem(form, error, fields));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={open}
      title={title}
      okText={okText}
      cancelText="取消"
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterClose={() => setProblem(null)}
      destroyOnHidden
    >
      <Form<Values>
        form={form}
        layout="vertical"
        preserve={false}
        initialValues={initial}
        onFinish={(values) => void send(values)}
      >
        {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
        {children}
      </Form>
    </Modal>
  );
}
