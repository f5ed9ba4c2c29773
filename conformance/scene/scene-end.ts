import { existsSync } from 'node:fs';
import type { Client } from '../client/client.ts';
import type { History } from '../history/history.ts';
import type { Probe } from '../probe/probe.ts';
import { commandLineOf, isRunning } from '../subject/process-table.ts';
import type { SubjectProcess } from '../subject/subject-process.ts';
import { pause } from './pause.ts';
import type { Timings } from './timings.ts';
import type { Waiter } from './waiter.ts';

export interface SceneEndParts {
  readonly subject: SubjectProcess;
  readonly clients: readonly Client[];
  readonly probes: readonly Probe[];
  readonly timings: Timings;
  readonly drainMs: number;
  /** Where probe workers report: by it those that have not yet are known. */
  readonly controlPath: string;
  /** The subject's socket, where it has one. */
  readonly socketPath: string | undefined;
  readonly history: History;
  readonly waiter: Waiter;
}

/**
 * Lets everything that is under way come to its end, then ends the subject, and records what is left
 * over of it.
 */
export async function endScene(parts: SceneEndParts): Promise<void> {
  const { subject } = parts;
  if (subject.isRunning && subject.signals.length === 0) await settle(parts);
  await sync(parts);
  await endSubject(parts);
  await lookForLeftovers(parts);
  await hearLastWords(parts);
}

async function settle(parts: SceneEndParts): Promise<void> {
  const { subject, clients, probes, timings, waiter } = parts;
  const live = probes.filter((probe) => !probe.hasExited);
  await settled(
    parts,
    'the answers of the workers',
    live.map((probe) => probe.releaseAll()),
  );
  const isAnswered = () => clients.every((client) => !client.isOpen || client.isAnswered());
  const isHopeless = () => !subject.isRunning;
  // A bus that has let a deadline pass is not waited for that long again.
  const limitMs = timings.responseMs / (waiter.hasMissed ? 4 : 1);
  await waiter.until('all responses', isAnswered, { isHopeless, limitMs }).catch(() => {});
}

/** What the workers have told is in the history. A stopped worker is not waited for long. */
async function sync(parts: SceneEndParts): Promise<void> {
  const syncing = parts.probes.map((probe) => probe.sync());
  await settled(parts, 'the reports of the workers', syncing);
}

async function settled(
  { waiter }: SceneEndParts,
  what: string,
  promises: readonly Promise<unknown>[],
): Promise<void> {
  let isDone = promises.length === 0;
  void Promise.all(promises).then(() => {
    isDone = true;
    waiter.look();
  });
  await waiter.until(what, () => isDone).catch(() => {});
}

async function endSubject(parts: SceneEndParts): Promise<void> {
  const { subject, drainMs, timings, waiter } = parts;
  if (subject.startError !== undefined && subject.pid === undefined) return;
  if (subject.isRunning && subject.signals.length === 0) {
    await seeUnaskedEnd(parts);
    subject.signal('SIGTERM');
  }
  const { isShort = false, graceMs } = timings;
  const limitMs = (isShort ? 0 : drainMs) + 1000 + graceMs;
  await subject.ended(limitMs, 'DRN-2').catch(() => {});
  await waiter
    .until('the rest of its output', () => subject.isSilent, { limitMs: 200 })
    .catch(() => {});
}

/** Where it looks like a crash, its exit is on the way: a signal sent now would be blamed for it. */
async function seeUnaskedEnd({ subject, clients, timings }: SceneEndParts): Promise<void> {
  const isCut = clients.some((client) => client.hasEnded && !client.isClosed);
  if (!isCut && !subject.isSilent) return;
  const endMs = performance.now() + timings.graceMs / 4;
  while (subject.isRunning && performance.now() < endMs) await pause(5);
}

async function lookForLeftovers(parts: SceneEndParts): Promise<void> {
  const { subject, probes, timings, socketPath, history, waiter } = parts;
  if (subject.isRunning || subject.exit?.signal === 'SIGKILL') return;
  const workers = () => probes.filter(({ pid }) => isRunning(pid));
  const unseen = unseenWorkers(parts);
  const descendants = () => probes.flatMap((each) => each.descendants).filter(isRunning);
  const isNothingLeft = () =>
    !unseen.concat(descendants()).some(isRunning) && workers().length === 0;
  const limitMs = timings.graceMs / 2;
  await waiter.until('nothing is left', isNothingLeft, { limitMs }).catch(() => {});
  for (const { tag, pid } of workers()) {
    history.add({ kind: 'leftover', what: 'process', name: tag, pid });
  }
  for (const pid of unseen.filter(isRunning)) {
    if (probes.some((probe) => probe.pid === pid)) continue;
    history.add({ kind: 'leftover', what: 'process', name: 'a worker', pid });
  }
  for (const pid of descendants()) {
    history.add({ kind: 'leftover', what: 'descendant', name: 'a child of a worker', pid });
  }
  if (socketPath !== undefined && existsSync(socketPath)) {
    history.add({ kind: 'leftover', what: 'socket', name: 'the socket file' });
  }
}

/** Workers that run and have not reported yet. */
function unseenWorkers({ subject, probes, controlPath }: SceneEndParts): number[] {
  return subject
    .leftovers()
    .filter((pid) => !probes.some((probe) => probe.pid === pid))
    .filter((pid) => commandLineOf(pid).includes(controlPath));
}

/** What workers told before their end may still be on its way. */
async function hearLastWords({ probes, timings, waiter }: SceneEndParts): Promise<void> {
  const isHeard = () => probes.every((probe) => probe.hasExited || isRunning(probe.pid));
  const { graceMs: limitMs } = timings;
  await waiter.until('the last words of the workers', isHeard, { limitMs }).catch(() => {});
}
