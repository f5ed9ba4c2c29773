import { createRequire } from 'node:module';
import type { Suite } from './schemas/generated/run.ts';

/** Name and version of this kit. Its package.json is found by name, from within a bundle too. */
export function suiteFromPackage(): Suite {
  const { name, version } = createRequire(import.meta.url)('stdio-bus-kit/package.json') as Suite;
  return { name, version };
}
