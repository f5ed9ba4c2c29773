import { printable } from '../../command.ts';

/** Standard input was closed before the start. */
export class ClosedInput extends Error {
  override name = 'ClosedInput';
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of its path is no folder',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links go in a circle',
  ENXIO: 'nothing is behind it: a socket, or a device that is not there',
  ENODEV: 'its device is not there',
  EIO: 'the device failed while it was read',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
};

/** Why an input cannot be read, in words. Throws what is no fault of the input. */
export function inputError(file: string, error: unknown): string {
  if (error instanceof ClosedInput) return 'standard input is closed';
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return `cannot check ${printable(file)}: it takes too much memory`;
  }
  if (code === undefined || syscall === undefined) throw error;
  return `cannot read ${printable(file)}: ${reasons[code] ?? code}`;
}
