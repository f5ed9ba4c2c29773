import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { SubjectIdentity } from '../../schemas/generated/run.ts';
import type { Subject } from './subject.ts';

const interpreters = /^(?:node|bun|deno|python[\d.]*|ruby|perl|sh|bash)$/;

/** What was run: its name, its command, and the digest of its program or script. */
export function identityOf({ name, argv }: Subject): SubjectIdentity {
  const [program = '', script] = argv;
  const file = interpreters.test(basename(program)) ? script : program;
  const sha256 = digestOf(file);
  return { name, command: [...argv], ...(sha256 !== undefined && { sha256 }) };
}

function digestOf(file: string | undefined): string | undefined {
  try {
    if (file === undefined || !statSync(file).isFile()) return undefined;
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return undefined;
  }
}
