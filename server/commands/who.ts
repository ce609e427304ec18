import os from 'node:os';

/** The person at the terminal, for the audit. */
export function whoAmI(): string {
  try {
    return os.userInfo().username;
  } catch {
    return 'unknown';
  }
}
