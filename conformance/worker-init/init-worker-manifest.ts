import { existsSync, writeFileSync } from 'node:fs';
import { exitCodes, printable } from '../../command.ts';
import type { WorkerSubject } from '../../schemas/generated/worker-subject.ts';
import { conformExitCodes } from '../exit-code.ts';
import { startFailureText } from '../report/start-failure-text.ts';
import { startCaretaker } from '../runner/caretaker.ts';
import { LiveScenes } from '../runner/live-scenes.ts';
import { startFailureFrom } from '../runner/preflight.ts';
import { StartFailed } from '../scene/start-failed.ts';
import { timingsFrom } from '../scene/timings.ts';
import { SetUpProblem, systemReason } from '../set-up-problem.ts';
import { commandName } from '../subject/subject-identity.ts';
import { manifestText } from './manifest-text.ts';
import { type Trial, tryWorker } from './try-worker.ts';
import { codexHandshake, mcpHandshake } from './usual-handshakes.ts';

/** How long a worker may take for its first answer, in milliseconds. */
const startMs = 15_000;

/** A trial that took longer is told, so that nobody takes the command for stuck. */
const longTrialMs = 3000;

/**
 * Starts a worker, finds out which dialect and handshake it takes, and writes a first manifest, to a
 * file or to stdout. Resolves with the exit code.
 */
export async function initWorkerManifest(
  command: readonly string[],
  output: string | undefined,
): Promise<number> {
  const isFile = output !== undefined && output !== '-';
  if (isFile && existsSync(output)) {
    throw new SetUpProblem(
      `${printable(output)} is there already: remove it, or name another file`,
    );
  }
  const base = { name: commandName(command).slice(0, 100), command: [...command] };
  const live = new LiveScenes();
  startCaretaker();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void live.destroy().then(() => process.exit(exitCodes.interrupted)));
  }
  const trials: Trial[] = [];
  for (const subject of candidatesFor(base)) {
    const startedMs = performance.now();
    const trial = await tried(subject, live);
    trials.push(trial);
    if (performance.now() - startedMs > longTrialMs) {
      process.stderr.write(`tried ${trial.summary}: ${trial.failure?.message ?? 'it answers'}\n`);
    }
    const { failure, isServing, isHopeless } = trial;
    if (failure?.systemError !== undefined || isServing || isHopeless) break;
  }
  const found = trials.find(({ isServing }) => isServing) ?? trials.find(({ failure }) => !failure);
  if (found === undefined) return notStarted(trials[0]?.failure);
  const text = manifestText(found);
  if (!isFile) process.stdout.write(text);
  else {
    write(output, text);
    process.stdout.write(
      `wrote ${printable(output)}: ${found.summary}\nnow: stdio-bus-kit conform worker --subject ${printable(output)}\n`,
    );
  }
  return exitCodes.ok;
}

/** What a worker may speak, the likeliest first. */
function candidatesFor(base: WorkerSubject): WorkerSubject[] {
  return [
    { ...base, handshake: mcpHandshake },
    base,
    { ...base, dialect: 'codex', handshake: codexHandshake },
    { ...base, dialect: 'codex' },
  ];
}

function tried(subject: WorkerSubject, live: LiveScenes): Promise<Trial> {
  return tryWorker(subject, { live, timings: { ...timingsFrom(200, 1), startMs } });
}

function notStarted(failure: StartFailed | undefined): number {
  if (!(failure instanceof StartFailed)) throw new Error('the worker was not tried');
  process.stderr.write(`${startFailureText(startFailureFrom(failure))}\n`);
  return failure.systemError === undefined
    ? conformExitCodes.notConformant
    : conformExitCodes.harnessError;
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new SetUpProblem(`cannot write ${printable(file)}: ${systemReason(error)}`);
  }
}
