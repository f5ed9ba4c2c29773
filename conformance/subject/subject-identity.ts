import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename, delimiter, resolve } from 'node:path';
import type { BusSubject } from '../../schemas/generated/bus-subject.ts';
import type { SubjectIdentity } from '../../schemas/generated/run.ts';

const interpreters = /^(?:node|bun|deno|python[\d.]*|ruby|perl|sh|bash)$/;

/** What was run: name, version, command, and the digest of its program or script. */
export function subjectIdentity(
  subject: Pick<BusSubject, 'name' | 'version' | 'command' | 'transports'>,
): SubjectIdentity {
  const { name, version } = subject;
  const [anyTransport] = Object.values(subject.transports ?? {});
  const command = subject.command ?? anyTransport?.command ?? [];
  const sha256 = digestOf(programFile(command));
  return {
    name,
    ...(version === undefined ? {} : { version }),
    command: [...command],
    ...(sha256 === undefined ? {} : { sha256 }),
  };
}

/** What people call a command: its program, or the script that an interpreter is given. */
export function commandName([program = '', first]: readonly string[]): string {
  const isScript = interpreters.test(basename(program)) && first !== undefined;
  return basename(isScript && !first.startsWith('-') ? first : program);
}

/** The file that makes the difference: of an interpreter, the script that it is given. */
function programFile([program = '', first]: readonly string[]): string | undefined {
  if (interpreters.test(basename(program)) && first !== undefined && isFile(first)) return first;
  if (program.includes('/')) return isFile(program) ? program : undefined;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => resolve(folder, program)).find(isFile);
}

function digestOf(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
