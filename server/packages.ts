import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * Loads optional packages (the embedded stores) from the installation's node_modules at run time. Anchored at the
 * working directory, because a bundled module's own address says nothing about where packages lie.
 */
export const requirePackage = createRequire(path.join(process.cwd(), 'package.json'));
