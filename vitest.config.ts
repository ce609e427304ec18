import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '');
const alias = { '@': root };

/**
 * unit: pure code, no store. integration: real engines; each file owns its directory and its process,
 * because one chDB directory belongs to one process.
 */
export default defineConfig({
  test: {
    coverage: {
      provider: 'v8',
      include: ['metrics/**/*.ts'],
      exclude: ['**/*.test.ts'],
      reporter: ['text-summary'],
    },
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          sequence: { groupOrder: 1 },
          include: ['{metrics,server,components,seed,scripts,app}/**/*.test.ts'],
          exclude: ['**/*.integration.test.ts', 'node_modules/**'],
          // Property tests on two busy cores; a test that hangs is still found.
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'integration',
          sequence: { groupOrder: 2 },
          include: ['{server,seed,scripts,tests,app}/**/*.integration.test.ts'],
          pool: 'forks',
          maxWorkers: 2,
          isolate: true,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
