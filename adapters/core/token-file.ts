import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync, unwatchFile, watchFile } from 'node:fs';
import type { Log } from '../../reference/bus/log.ts';

/** Whom a bearer token stands for. */
export interface TokenSubject {
  readonly subjectId: string;
  readonly role: string | undefined;
}

/** Tokens, and whom they stand for. */
export interface TokenFile {
  /** Takes as long whatever the token is; undefined where nobody has it. */
  subjectOf(token: string): TokenSubject | undefined;
  /** Watches the file no longer. */
  close(): void;
}

interface Entry extends TokenSubject {
  readonly digest: Buffer;
}

const shortestToken = 16;
/** Milliseconds between two looks at the file. */
const watchIntervalMs = 500;

/** A token file that cannot be used, in words. */
export class TokenFileError extends Error {
  override name = 'TokenFileError';
}

/**
 * Reads a file of bearer tokens, a line each: `TOKEN SUBJECT [ROLE]`, with empty lines and `#` for
 * comments. A change is taken over within a second or so; one that cannot be read, or is wrong,
 * changes nothing and is told in the log. Throws a TokenFileError where it is wrong from the start.
 */
export function openTokenFile(path: string, log: Log): TokenFile {
  let entries = readEntries(path);
  if (process.platform !== 'win32' && (statSync(path).mode & 0o004) !== 0) {
    log.warn({ file: path }, 'everybody on this machine can read the token file');
  }
  const reload = () => {
    try {
      entries = readEntries(path);
      log.info({ file: path, tokens: entries.length }, 'tokens were read again');
    } catch (error) {
      log.error({ reason: (error as Error).message }, 'the tokens of before still hold');
    }
  };
  watchFile(path, { interval: watchIntervalMs, persistent: false }, reload);
  return {
    subjectOf(token) {
      const digest = digestOf(token);
      let found: Entry | undefined;
      // Every entry is compared, so that the time says nothing about any of them.
      for (const entry of entries) if (timingSafeEqual(entry.digest, digest)) found = entry;
      return found;
    },
    close: () => unwatchFile(path, reload),
  };
}

function readEntries(path: string): Entry[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : code;
    throw new TokenFileError(`${path} cannot be read: ${reason}`);
  }
  const entries: Entry[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const [token, subjectId, role, surplus] = line.trim().split(/\s+/);
    if (token === undefined || token === '' || token.startsWith('#')) continue;
    const fail = (problem: string) => {
      // Never the line itself: it is a secret.
      throw new TokenFileError(`${path}, line ${index + 1}: ${problem}`);
    };
    if (subjectId === undefined) fail('a line is TOKEN SUBJECT [ROLE]');
    if (surplus !== undefined) fail('a line is TOKEN SUBJECT [ROLE], not more');
    if (token.length < shortestToken) fail(`a token has at least ${shortestToken} characters`);
    const digest = digestOf(token);
    if (entries.some((entry) => entry.digest.equals(digest))) fail('this token stands twice');
    entries.push({ digest, subjectId: subjectId as string, role });
  }
  if (entries.length === 0) throw new TokenFileError(`${path} has no token in it`);
  return entries;
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
