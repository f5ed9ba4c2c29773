import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Target } from '../load/load-command.ts';
import { filled, hasPlaceholder } from './argv.ts';
import type { EchoWorkerProgram } from './echo-worker-program.ts';
import { startGroup } from './process-group.ts';
import { descendantsOf, hasArgument } from './process-table.ts';
import { freePort, type ListenTarget, untilAnswered } from './readiness.ts';
import { type Usage, usageOf } from './usage.ts';

export type Transport = 'tcp' | 'unix';

/** What is measured: a bus, or one of the baselines that show the limit. */
export interface Subject {
  readonly name: string;
  readonly role: 'subject' | 'relay' | 'worker';
  /** Its command with placeholders; without one, the standard flags are added. */
  readonly argv: readonly string[];
}

export interface StartOptions {
  /** `any`: TCP, where its command has a place for it. */
  readonly transport: Transport | 'any';
  readonly workers: number;
  /** Members of `limits` in the configuration. */
  readonly limits?: Record<string, number>;
  /** New sessions that must have been answered before it counts as ready. Default 1. */
  readonly readySessions?: number;
}

/** A subject that is up. */
export interface RunningSubject {
  readonly target: Target;
  /** Why it is no longer there, once that is known within this time. */
  deathWithin(ms: number): Promise<string | undefined>;
  /** Of the bus without its workers; undefined where there is no /proc. */
  usage(): Usage | undefined;
  /** Of the bus; none of a worker alone. */
  readonly pid: number | undefined;
  /** Pids of its workers that are there now. */
  workers(): number[];
  stop(): Promise<void>;
}

export interface SubjectPlace {
  /** For configurations and sockets. */
  readonly folder: string;
  readonly worker: EchoWorkerProgram;
}

const host = '127.0.0.1';
const relayScript = fileURLToPath(new URL('../relay.js', import.meta.url));
const daemonScript = fileURLToPath(new URL('../../stdio-bus.js', import.meta.url));

/** The reference daemon, as one more command. */
export const referenceSubject: Subject = {
  name: 'reference',
  role: 'subject',
  argv: [process.execPath, daemonScript],
};

/** The baselines: bytes passed on unparsed, and no bus at all. */
export function baselines({ worker }: SubjectPlace): { relay: Subject; worker: Subject } {
  const flags = ['--tcp', '{host}:{port}', '--', ...worker.argv];
  return {
    relay: { name: 'relay', role: 'relay', argv: [process.execPath, relayScript, ...flags] },
    worker: { name: 'worker', role: 'worker', argv: worker.argv },
  };
}

/** Whether its command has a place for this transport. */
export function hasTransport({ role, argv }: Subject, transport: Transport): boolean {
  const isOpen = !hasPlaceholder(argv, 'port') && !hasPlaceholder(argv, 'socket');
  if (role !== 'subject' || isOpen) return true;
  return hasPlaceholder(argv, transport === 'tcp' ? 'port' : 'socket');
}

/** Whether its command has a place for the transport that is asked for. */
export function canStart(subject: Subject, { transport }: StartOptions): boolean {
  return transport === 'any' || hasTransport(subject, transport);
}

/** The transport that it is started with. */
export function transportOf(subject: Subject, wanted: Transport | 'any'): Transport {
  if (wanted !== 'any') return wanted;
  return hasTransport(subject, 'tcp') ? 'tcp' : 'unix';
}

let started = 0;

/** Starts it and waits for its first answers. Rejects with the reason where it does not come up. */
export async function startSubject(
  subject: Subject,
  place: SubjectPlace,
  options: StartOptions,
): Promise<RunningSubject> {
  if (subject.role === 'worker') return workerAlone(place);
  const number = started++;
  const values = {
    config: join(place.folder, `${number}.json`),
    host,
    port: String(await freePort()),
    socket: join(place.folder, `${number}.sock`),
  };
  writeFileSync(values.config, configurationOf(place.worker, options));
  const transport = transportOf(subject, options.transport);
  const target: ListenTarget =
    transport === 'tcp'
      ? { kind: 'tcp', host, port: Number(values.port) }
      : { kind: 'unix', path: values.socket };
  const argv = filled(templateOf(subject, transport), values);
  const group = await startGroup(argv).catch((error) => {
    throw notStarted(error);
  });
  try {
    await untilAnswered(target, options.readySessions ?? 1, () => group.death);
  } catch (error) {
    await group.stop();
    throw notStarted(error);
  }
  return {
    target,
    deathWithin: (ms) => group.deathWithin(ms),
    usage: () => usageOf(group.pid, place.worker.mark),
    pid: group.pid,
    workers: () => descendantsOf(group.pid).filter((pid) => hasArgument(pid, place.worker.mark)),
    stop: () => group.stop(),
  };
}

function notStarted(cause: unknown): Error {
  return new Error(`did not start: ${(cause as Error).message}`, { cause });
}

/** The load generator starts it, for the pipes are the generator's own. */
function workerAlone({ worker }: SubjectPlace): RunningSubject {
  return {
    target: { kind: 'command', argv: worker.argv },
    deathWithin: () => Promise.resolve(undefined),
    usage: () => undefined,
    pid: undefined,
    workers: () => [],
    stop: () => Promise.resolve(),
  };
}

function templateOf({ role, argv }: Subject, transport: Transport): readonly string[] {
  if (role === 'relay' && transport === 'unix') {
    return argv.map((word) =>
      word === '--tcp' ? '--unix' : word.replace('{host}:{port}', '{socket}'),
    );
  }
  if (hasPlaceholder(argv, 'port') || hasPlaceholder(argv, 'socket')) return argv;
  const config = hasPlaceholder(argv, 'config') ? [] : ['--config', '{config}'];
  const listen = transport === 'tcp' ? ['--tcp', '{host}:{port}'] : ['--unix', '{socket}'];
  return [...argv, ...config, ...listen];
}

function configurationOf({ argv }: EchoWorkerProgram, { workers, limits }: StartOptions): string {
  const [command, ...args] = argv;
  const pool = { id: 'echo', command, args, instances: workers };
  return JSON.stringify({ pools: [pool], ...(limits && { limits }) });
}
