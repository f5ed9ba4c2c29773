import type { Test } from 'tap';
import { type BusClient, connect } from '../reference/client/connect.ts';
import { createBus } from '../reference/embedded/create-bus.ts';
import type { EmbeddedBus } from '../reference/embedded/embedded-bus.ts';
import {
  type ProcessEvent,
  type ProcessRun,
  runProcess,
} from '../reference/process/run-process.ts';
import { root } from './run-cli.ts';
import { build } from './worker-process.ts';

/** The kit's own, or one that does what it is told. */
export type Worker = 'process' | 'scripted';

export async function startBus(t: Test, worker: Worker, limits: object = {}): Promise<EmbeddedBus> {
  const args =
    worker === 'process'
      ? [`${build}/cli.js`, 'worker', 'process', '--inherit-env', 'PATH']
      : [`${root}reference/process/fixtures/scripted-executor.mjs`];
  const pool = { id: 'commands', command: process.execPath, args, instances: 1 };
  const bus = await createBus({ pools: [{ ...pool, env: { KIT_BUILD: build } }], limits });
  t.teardown(() => bus.destroy());
  return bus;
}

/** A client of the same bus, over a socket. */
export async function clientOf(t: Test, bus: EmbeddedBus): Promise<BusClient> {
  const client = await connect((await bus.listen({ tcp: '127.0.0.1:0' })).url);
  t.teardown(() => client.destroy());
  return client;
}

export async function eventsOf(run: ProcessRun): Promise<ProcessEvent[]> {
  const events: ProcessEvent[] = [];
  for await (const event of run) events.push(event);
  return events;
}

export const numbers = (events: readonly ProcessEvent[]) => events.map(({ seq }) => seq);
export const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

export const script = (bus: EmbeddedBus | BusClient, words: string, more = {}) =>
  runProcess(bus, { argv: ['script', ...words.split(' ')], cwd: '/', ...more });
