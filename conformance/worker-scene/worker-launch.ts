import { randomUUID } from 'node:crypto';
import type { WorkerSubject } from '../../schemas/generated/worker-subject.ts';
import { shortened } from '../finding.ts';
import type { History } from '../history/history.ts';
import { environmentMark, runMark } from '../scene/run-mark.ts';
import { StartFailed } from '../scene/start-failed.ts';
import { NotInTime, type Waiter } from '../scene/waiter.ts';
import { absoluteProgram } from '../subject/bus-command.ts';
import { executionProblem } from '../subject/execution-problem.ts';
import { SubjectProcess } from '../subject/subject-process.ts';
import type { WorkerPipes } from './worker-pipes.ts';

export interface WorkerLaunchOptions {
  readonly subject: WorkerSubject;
  readonly history: History;
  readonly waiter: Waiter;
}

/** Starts the worker, as a bus would. Throws StartFailed where the system refuses at once. */
export function launchWorker({ subject, history, waiter }: WorkerLaunchOptions): SubjectProcess {
  const argv = absoluteProgram(subject.command);
  const { cwd, env = {} } = subject;
  try {
    return new SubjectProcess({
      tag: 'worker',
      argv,
      ...(cwd === undefined ? {} : { cwd }),
      env,
      mark: environmentMark(`${runMark}.${randomUUID()}`),
      isStdio: true,
      history,
      waiter,
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw notExecuted(argv, error as NodeJS.ErrnoException, cwd ?? process.cwd());
  }
}

export interface StartContext {
  readonly subject: SubjectProcess;
  readonly pipes: WorkerPipes;
  readonly waiter: Waiter;
  /** Where it is started. */
  readonly folder: string;
  /** The line of the last request, to which no response came. */
  readonly asked: string | undefined;
}

/** Why a worker is of no use that did not answer in time: what it did instead, and its end. */
export async function startFailureOf(error: unknown, context: StartContext): Promise<unknown> {
  const { subject, pipes, waiter, folder, asked } = context;
  if (!(error instanceof NotInTime)) return error;
  // Its end may be under way.
  const isOver = () => !subject.isRunning && subject.isSilent;
  await waiter.until('its end', isOver, { limitMs: 500 }).catch(() => {});
  const { argv, startError } = subject;
  if (startError !== undefined) return notExecuted(argv, startError, folder);
  const { code = null, signal = null } = subject.exit ?? {};
  const end = signal === null ? `with exit code ${code}` : `by ${signal}`;
  const request = asked === undefined ? '' : shortened(asked, 200);
  const how = subject.isRunning
    ? `it runs, but answered nothing${request && ` to ${request}`}${wordsOf(pipes) || unflushed}`
    : `it ended ${end} before it answered${request && ` ${request}`}${wordsOf(pipes)}`;
  const stderr = subject.stderr.slice(-10);
  return new StartFailed(how, { command: argv, exitCode: code, signal, stderr });
}

/** What the author of a worker forgets most often. */
const unflushed = ', and wrote nothing on stdout: is each line flushed?';

function wordsOf({ received: [first] }: WorkerPipes): string {
  return first === undefined ? '' : `, and wrote ${shortened(first.bytes.toString(), 100)}`;
}

function notExecuted(
  argv: readonly string[],
  error: NodeJS.ErrnoException,
  folder: string,
): StartFailed {
  return new StartFailed('it cannot be executed', {
    command: argv,
    exitCode: null,
    signal: null,
    systemError: executionProblem(error, { argv, folder }),
    stderr: [],
  });
}
