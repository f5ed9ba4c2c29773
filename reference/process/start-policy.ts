import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartParams } from '../../schemas/generated/process.ts';
import { methodPattern } from '../bus/method-pattern.ts';
import { AnswerError } from '../client/answer-error.ts';
import { workerCodes } from '../worker/worker-codes.ts';

/** What commands may be started with, beyond what the profile says. */
export interface StartPolicyOptions {
  /**
   * Folders of which one has to hold the `cwd`, links followed; without any, it may be anywhere. It
   * says where commands begin, and confines nothing: that takes a sandbox.
   */
  readonly roots?: readonly string[];
  /** Names of variables that a process has from this worker where its `env` does not give them. */
  readonly inheritedEnv?: readonly string[];
  /** Names of variables that `env` must not give, with `*` and `?`: such a start gets -32602. */
  readonly deniedEnv?: readonly string[];
}

/** How a command is started. */
export interface CommandStart {
  readonly argv: readonly [string, ...string[]];
  readonly arg0: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly hasStdin: boolean;
}

/** What a `process/start` asks for. Throws an AnswerError where it may not, or cannot, be had. */
export type StartPolicy = (params: StartParams) => CommandStart;

/** Throws where a root is no folder. */
export function createStartPolicy(options: StartPolicyOptions): StartPolicy {
  const { roots = [], inheritedEnv = [], deniedEnv = [] } = options;
  const realRoots = roots.map((root) => realpathSync(root));
  const denied = deniedEnv.map((pattern) => methodPattern(pattern));
  return ({ argv, arg0, cwd, env = {}, tty = false, pipeStdin = false }) => {
    if (tty) throw refused('this worker has no terminals: start the command with tty false');
    const [program = '', ...args] = argv;
    if (program === '') throw refused('argv[0] must not be empty');
    if (arg0?.includes('\0')) throw refused('arg0 must hold no NUL');
    const folder = folderFrom(cwd);
    if (realRoots.length > 0 && !realRoots.some((root) => isWithin(folder, root))) {
      throw refused(`cwd is in none of the folders of this worker: ${realRoots.join(', ')}`);
    }
    const name = Object.keys(env).find((each) => denied.some((isDenied) => isDenied(each)));
    if (name !== undefined) throw refused(`env must not give ${name} to this worker's processes`);
    return {
      argv: [program, ...args],
      arg0: arg0 ?? program,
      cwd: folder,
      env: { ...inherited(inheritedEnv), ...env },
      hasStdin: pipeStdin,
    };
  };
}

/** The error for a start that may be asked for, and cannot be done. */
export function unstartable(program: string, reason: string): AnswerError {
  return new AnswerError(workerCodes.internalError, `cannot start ${program}: ${reason}`);
}

function refused(message: string): AnswerError {
  return new AnswerError(workerCodes.invalidParams, message);
}

function folderFrom(cwd: string): string {
  let folder = cwd;
  if (/^file:/i.test(cwd)) {
    try {
      folder = fileURLToPath(cwd);
    } catch (error) {
      throw refused(`cwd is no file: URI of this machine: ${(error as Error).message}`);
    }
  }
  if (!isAbsolute(folder) || folder.includes('\0')) {
    throw refused('cwd is an absolute path, or a file: URI of one');
  }
  return folder;
}

function isWithin(folder: string, root: string): boolean {
  const real = realFolder(folder);
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    throw unstartable('the command', cwdProblem(folder) ?? 'the cwd cannot be entered');
  }
}

/** Why a folder cannot be worked in; undefined where it seems that it can. */
export function cwdProblem(cwd: string): string | undefined {
  try {
    return statSync(cwd).isDirectory() ? undefined : `the cwd ${cwd} is no folder`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return `there is no such cwd: ${cwd}`;
    return `the cwd ${cwd} cannot be entered (${code})`;
  }
}

function inherited(names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = process.env[name];
    if (value !== undefined) found[name] = value;
  }
  return found;
}
