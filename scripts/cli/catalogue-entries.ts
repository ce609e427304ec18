import { Option } from 'commander';
import { readShippedCatalogue } from '@/server/catalogue/read';
import { controlSocketPath, isAnswered } from '@/server/control/socket';
import { readEnv } from '@/server/env';
import { type ReferenceEntry, shippedReference } from '@/server/services/reference/read';
import { withHost } from './host';

export type Origin = 'shipped' | 'registry';

export const fromOption = () =>
  new Option(
    '--from <origin>',
    'the catalogue as shipped, or as registered here (default: registry while a cockpit runs)',
  ).choices(['shipped', 'registry']);

export async function entriesFrom(from: Origin | undefined): Promise<ReferenceEntry[]> {
  const registry = from ? from === 'registry' : await isAnswered(controlSocketPath(readEnv().dataDir));
  return registry ? withHost((host) => host.call('reference', {})) : shippedReference(readShippedCatalogue());
}
