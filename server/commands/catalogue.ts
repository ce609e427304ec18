import { backup } from '@/server/commands/backup';
import { compute } from '@/server/commands/compute';
import { demoAccounts, seedAdvance, seedBegin, seedState } from '@/server/commands/demo';
import { ingest, loadRejects } from '@/server/commands/ingest';
import { reference } from '@/server/commands/reference';
import { tokenCreate, tokenList, tokenRevoke } from '@/server/commands/token';
import { usersCreate, usersDisable, usersList, usersReset, usersUnlock } from '@/server/commands/users';

/** Every command that the door answers, by its name in the address. */
export const COMMANDS = {
  backup,
  compute,
  'demo-accounts': demoAccounts,
  ingest,
  'load-rejects': loadRejects,
  reference,
  'seed-state': seedState,
  'seed-begin': seedBegin,
  'seed-advance': seedAdvance,
  'token-create': tokenCreate,
  'token-list': tokenList,
  'token-revoke': tokenRevoke,
  'users-create': usersCreate,
  'users-list': usersList,
  'users-reset': usersReset,
  'users-disable': usersDisable,
  'users-unlock': usersUnlock,
};

export type CommandName = keyof typeof COMMANDS;

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}
