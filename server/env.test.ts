import { describe, expect, it } from 'vitest';
import { EnvError, readEnv } from '@/server/env';

describe('settings', () => {
  it('work without any variable', () => {
    expect(readEnv({}, '/srv/yiping')).toMatchObject({
      dataDir: '/srv/yiping/.data',
      port: 3000,
      role: 'all',
      trustedProxies: [],
    });
  });

  it.each([
    [{ PORT: '99999' }, /PORT/],
    [{ ROLE: 'worker' }, /needs both CLICKHOUSE_URL and DATABASE_URL/],
    [{ ROLE: 'web', CLICKHOUSE_URL: 'http://ch:8123' }, /needs both/],
    [{ CLICKHOUSE_CLUSTER: 'main' }, /needs CLICKHOUSE_URL/],
    [{ CLICKHOUSE_URL: 'ch:9000' }, /CLICKHOUSE_URL/],
    [{ DATABASE_URL: 'mysql://x/y' }, /DATABASE_URL/],
    [{ ADMIN_PASSWORD: 'short' }, /ADMIN_PASSWORD/],
  ])('refuse %o with one line that names the variable', (source, message) => {
    expect(() => readEnv(source)).toThrow(EnvError);
    expect(() => readEnv(source)).toThrow(message);
  });

  it('take an empty variable as not set, as shells and unit files leave them', () => {
    expect(readEnv({ DATABASE_URL: '', PORT: '' })).toMatchObject({ databaseUrl: undefined, port: 3000 });
  });
});
