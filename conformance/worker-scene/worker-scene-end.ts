import type { History } from '../history/history.ts';
import type { Timings } from '../scene/timings.ts';
import type { Waiter } from '../scene/waiter.ts';
import { isRunning } from '../subject/process-table.ts';
import type { SubjectProcess } from '../subject/subject-process.ts';
import type { WorkerPipes } from './worker-pipes.ts';

export interface WorkerSceneEndParts {
  readonly subject: SubjectProcess;
  readonly pipes: WorkerPipes;
  readonly waiter: Waiter;
  readonly history: History;
  readonly timings: Timings;
  readonly drainMs: number;
  isAnswered(): boolean;
}

/** Lets the worker answer what is pending, then ends it, and records what is left over of it. */
export async function endWorkerScene(parts: WorkerSceneEndParts): Promise<void> {
  const { subject, pipes, waiter, timings, isAnswered } = parts;
  pipes.resume();
  if (subject.isRunning && !isAsked(parts)) {
    const limitMs = timings.responseMs / (waiter.hasMissed ? 4 : 1);
    const isHopeless = () => !subject.isRunning && pipes.hasEnded;
    await waiter.until('all responses', isAnswered, { isHopeless, limitMs }).catch(() => {});
  }
  await endWorker(parts);
  const isSilent = () => pipes.hasEnded && subject.isSilent;
  const limitMs = timings.graceMs / 2;
  await waiter.until('the rest of its output', isSilent, { limitMs }).catch(() => {});
  await lookForLeftovers(parts);
}

function isAsked({ subject, pipes }: WorkerSceneEndParts): boolean {
  return subject.signals.length > 0 || pipes.isStdinEnded;
}

async function endWorker(parts: WorkerSceneEndParts): Promise<void> {
  const { subject, pipes, history, timings, drainMs } = parts;
  if (subject.pid === undefined) return;
  if (subject.isRunning && !isAsked(parts)) {
    const askedUs = history.nowUs();
    subject.signal('SIGTERM');
    await subject.ended(drainMs + timings.graceMs, 'WRK-7').catch(() => {});
    if (!subject.isRunning) {
      const value = Math.round((history.nowUs() - askedUs) / 1000);
      history.add({ kind: 'observation', process: 'worker', name: 'drain-ms', value });
    }
  } else if (subject.isRunning) {
    const requirement = pipes.isStdinEnded ? 'WRK-8' : 'WRK-7';
    await subject.ended(drainMs + timings.graceMs, requirement).catch(() => {});
  }
  if (subject.isRunning) {
    subject.signal('SIGKILL');
    await subject.ended(timings.graceMs).catch(() => {});
  }
}

async function lookForLeftovers(parts: WorkerSceneEndParts): Promise<void> {
  const { subject, history, waiter, timings } = parts;
  // What a killed worker has started, it could not end.
  if (subject.isRunning || subject.exit?.signal === 'SIGKILL') return;
  const left = () => subject.leftovers().filter(isRunning);
  const limitMs = timings.graceMs / 2;
  await waiter.until('nothing is left', () => left().length === 0, { limitMs }).catch(() => {});
  for (const pid of left()) {
    history.add({ kind: 'leftover', what: 'descendant', name: 'a process of the worker', pid });
  }
}
