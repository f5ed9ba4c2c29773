/**
 * What a run needs is not as it should be: a file cannot be read or written, or says something
 * wrong. Never the subject's fault; ends with these lines on stderr and exit code 3.
 */
export class SetUpProblem extends Error {
  override name = 'SetUpProblem';
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'its file system is read-only',
  ENOSPC: 'no space is left',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links go in a circle',
  ENOEXEC: 'it is no program for this machine',
  E2BIG: 'its arguments are too long',
  EMFILE: 'this process has too many files open',
  ENFILE: 'too many files are open on this machine',
  EAGAIN: 'too many processes run',
  ENOMEM: 'there is not enough memory',
  ETXTBSY: 'it is being written to',
};

/** Why the system refused something, in words. Throws what is no refusal of the system. */
export function systemReason(error: unknown): string {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) throw error;
  return reasons[code] ?? code;
}
