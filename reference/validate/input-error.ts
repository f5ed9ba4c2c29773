/** The input goes on where anything of use would have ended. */
export class TooLong extends Error {
  override name = 'TooLong';

  constructor(what: string, maxBytes: number) {
    super(`${what} of more than ${maxBytes / 1024 / 1024} MiB; stopped reading`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  ENOTDIR: 'a part of its path is no folder',
  ENAMETOOLONG: 'its name is too long',
};

/** Why an input cannot be read, in words. Throws what is no fault of the input. */
export function inputError(file: string, error: unknown): string {
  if (error instanceof TooLong) return `${file}: ${error.message}`;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) throw error;
  return `cannot read ${file}: ${reasons[code] ?? code}`;
}
