import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { AnswerError } from '../client/answer-error.ts';
import { workerCodes } from '../worker/worker-codes.ts';
import { type CommandStart, cwdProblem, unstartable } from './start-policy.ts';

/** A child that runs. */
export type RunningChild = ChildProcess & { readonly pid: number };

/** There is no room now; there may be later. */
const scarce: ReadonlySet<string | undefined> = new Set(['EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM']);

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such program',
  EACCES: 'it may not be executed',
  ENOEXEC: 'it is no program',
  E2BIG: 'argv and env are too long',
  ENOTDIR: 'there is no such program',
};

/**
 * Starts a command in a process group of its own: the child where it runs, else the error, in the next
 * turn. It runs or does not when this returns, so that nothing can come between.
 */
export function spawnCommand(start: CommandStart): RunningChild | Promise<AnswerError> {
  const { argv, arg0, cwd, env, hasStdin } = start;
  const [program, ...args] = argv;
  const problem = cwdProblem(cwd);
  if (problem !== undefined) return Promise.resolve(unstartable(program, problem));
  let child: ChildProcess;
  try {
    child = spawn(programPath(program, start), args, {
      argv0: arg0,
      cwd,
      env,
      stdio: [hasStdin ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      detached: true,
    });
  } catch (error) {
    return Promise.resolve(startError(program, error));
  }
  if (child.pid !== undefined) return child as RunningChild;
  return once(child, 'error').then(([error]) => startError(program, error));
}

/** The system takes the PATH of `env`; where that has none, the worker's has to be looked through here. */
function programPath(program: string, { cwd, env }: CommandStart): string {
  const path = process.env.PATH;
  if (program.includes('/') || env.PATH !== undefined || path === undefined) return program;
  const candidates = path.split(delimiter).map((folder) => resolve(cwd, folder, program));
  return candidates.find(isProgram) ?? program;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function startError(program: string, error: unknown): AnswerError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (scarce.has(code)) {
    const words = `cannot start ${program} now (${code}); retry later`;
    return new AnswerError(workerCodes.overloaded, words);
  }
  return unstartable(program, reasons[code ?? ''] ?? code ?? message);
}
