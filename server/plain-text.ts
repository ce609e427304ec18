/** NUL and halves of surrogate pairs: no text that a person writes has them, and PostgreSQL stores neither. */
const UNSTORABLE = /[\0\p{Cs}]/u;

/** Whether every text in a value, names of members included, can be stored. */
export function isPlainText(value: unknown): boolean {
  if (typeof value === 'string') return !UNSTORABLE.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, member]) => isPlainText(name) && isPlainText(member));
}

/** The same text with those characters shown as U+FFFD, for messages that repeat what was sent. */
export function storableText(text: string): string {
  return text.replace(new RegExp(UNSTORABLE, 'gu'), '\ufffd');
}
