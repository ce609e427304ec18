import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ADDRESS_HEADER, stampPeerAddresses } from '@/server/auth/address';

describe('the address of the socket', () => {
  it("reaches the handlers, and a client's own header of that name does not", async () => {
    stampPeerAddresses();
    const server = http.createServer((request, response) => response.end(request.headers[ADDRESS_HEADER]));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/`, {
        headers: { [ADDRESS_HEADER]: '6.6.6.6', 'x-forwarded-for': '6.6.6.6' },
      });
      expect(await answer.text()).toBe('127.0.0.1');
    } finally {
      server.close();
    }
  });
});
