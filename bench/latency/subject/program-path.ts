import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { StartError } from './started-process.ts';

/**
 * Throws a StartError where there is no such program. A bus finds it out by itself, and tells it in
 * its log: of it, only its end would be seen.
 */
export function mustBeProgram(name: string, [program = '']: readonly string[]): void {
  const folders = program.includes('/') ? [''] : (process.env.PATH ?? '').split(delimiter);
  if (folders.some((folder) => isExecutable(join(folder, program)))) return;
  throw new StartError(`${name} cannot be started: there is no program "${program}"`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
