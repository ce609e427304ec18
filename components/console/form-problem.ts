import type { FormInstance } from 'antd';
import { problemOf } from './problem';

/** Shows a refusal at the field it is about; returns what belongs to no field. */
export function placeProblem(form: FormInstance, error: unknown, fields: readonly string[]): string | null {
  const { message, place } = problemOf(error);
  const field = fields.find((name) => place === name || place?.startsWith(`${name}.`));
  if (!field) return message;
  form.setFields([{ name: field, errors: [message] }]);
  return null;
}
