import { readFileSync } from 'node:fs';
import type { Suite } from '../../schemas/generated/run.ts';

/** Name and version of this kit, from its package.json. */
export function suiteFromPackage(): Suite {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  const { name, version } = JSON.parse(text) as Suite;
  return { name, version };
}
