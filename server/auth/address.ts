import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { Network } from '@/server/context';

/** Carries the socket's own address from the HTTP server to the handlers; whatever a client sends in it is replaced. */
export const ADDRESS_HEADER = 'x-yiping-peer';

/**
 * Notes on every incoming request the address of its socket. Handlers of the framework see no socket, and the
 * framework keeps an X-Forwarded-For that the client made up.
 */
export function stampPeerAddresses(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    const peer = request.socket.remoteAddress;
    if (peer) request.headers[ADDRESS_HEADER] = peer;
    else delete request.headers[ADDRESS_HEADER];
  });
}

/**
 * The asker's address: the socket's, unless that is a trusted proxy; then the nearest address of X-Forwarded-For that
 * is not itself a trusted proxy. null when nothing is known.
 */
export function clientAddress(headers: Headers, network: Network): string | null {
  const peer = plain(headers.get(ADDRESS_HEADER));
  if (!peer) return null;
  const trusted = trustList(network.trustedProxies);
  if (!isTrusted(trusted, peer)) return peer;
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map((hop) => plain(hop.trim()));
  for (const hop of hops.reverse()) {
    if (!hop) return peer;
    if (!isTrusted(trusted, hop)) return hop;
  }
  return peer;
}

/** An IPv4 address that arrives on an IPv6 socket is still that IPv4 address. */
function plain(text: string | null): string | null {
  const address = text?.replace(/^::ffff:(?=\d+\.)/i, '') ?? '';
  return isIP(address) ? address : null;
}

const lists = new Map<string, BlockList>();

function trustList(entries: readonly string[]): BlockList {
  const key = entries.join(',');
  let list = lists.get(key);
  if (!list) {
    list = new BlockList();
    for (const entry of entries) {
      const [address = '', bits] = entry.split('/');
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      if (bits === undefined) list.addAddress(address, family);
      else list.addSubnet(address, Number(bits), family);
    }
    lists.set(key, list);
  }
  return list;
}

function isTrusted(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
