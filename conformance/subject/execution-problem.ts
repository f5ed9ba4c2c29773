import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { systemReason } from '../set-up-problem.ts';

/**
 * Why a command could not be executed, in words: the system's own say no more than that something is
 * not there, be it the program, its interpreter or the folder to start it in.
 */
export function executionProblem(
  error: NodeJS.ErrnoException,
  { argv, folder }: { readonly argv: readonly string[]; readonly folder: string },
): string {
  const [program = ''] = argv;
  const { code } = error;
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return `there is no folder ${folder} to start it in`;
  }
  if (code === 'ENOENT' && !program.includes('/'))
    return `there is no program "${program}" in PATH`;
  if (code === 'ENOENT' && isThere(program)) {
    const interpreter = interpreterOf(program);
    return `its interpreter is not there${interpreter === '' ? '' : `: ${interpreter}`}`;
  }
  if (code === 'EACCES' && isThere(program)) {
    return statSync(program).isDirectory() ? 'it is a folder' : 'it is not executable (chmod +x)';
  }
  if (code === 'ENOEXEC') return 'it is no program for this machine, and has no #! line';
  return systemReason(error);
}

function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** What follows `#!` in the first line of a file. */
function interpreterOf(file: string): string {
  try {
    const fd = openSync(file, 'r');
    const bytes = Buffer.alloc(256);
    const length = readSync(fd, bytes);
    closeSync(fd);
    return /^#![ \t]*([^\n]*)/.exec(bytes.toString('utf8', 0, length))?.[1]?.trim() ?? '';
  } catch {
    return '';
  }
}
