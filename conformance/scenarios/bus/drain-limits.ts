import type { BusScenario } from '../../bus-scenario.ts';
import {
  drainEndsAtItsTimeout,
  drainIsBounded,
  nothingIsLeft,
  secondSignalEndsAll,
} from '../../judges/drain-ends.ts';
import { pendingIsFinished } from '../../judges/drains.ts';
import { waitInVain } from './absence.ts';
import { type HeldRequest, hold, release } from './held-request.ts';
import {
  endAtOnce,
  endAtTimeout,
  longSec,
  noNewIncarnation,
  seenDrain,
  seenEnd,
  stubborn,
} from './seen-drain.ts';

const drainSec = 0.6;

const timeouts: readonly BusScenario[] = [
  {
    id: 'drain/stubborn-worker',
    title: 'A worker that does not end gets SIGKILL at the drain timeout, and its request an error',
    requirements: ['DRN-3', 'DRN-5', 'COR-1'],
    does: 'The only worker ignores SIGTERM and the end of its stdin, and holds a request.',
    config: {
      pools: [{ id: 'main', traits: stubborn }],
      limits: { drain_timeout_sec: drainSec },
    },
    async drive(scene) {
      const client = await scene.connect();
      const { call } = await hold(scene, client, { sessionId: 's' });
      scene.subject.signal('SIGTERM');
      await call.response({ requirement: 'DRN-3' });
      await endAtTimeout(scene, drainSec);
    },
    judges: [drainEndsAtItsTimeout, nothingIsLeft],
  },
  {
    id: 'drain/stubborn-idle',
    title: 'A worker that has nothing to do and does not end gets SIGKILL at the drain timeout too',
    requirements: ['DRN-3', 'DRN-5'],
    does: 'One of two workers ignores everything; nothing is pending at SIGTERM.',
    config: {
      pools: [{ id: 'main' }, { id: 'stubborn', traits: stubborn }],
      limits: { drain_timeout_sec: drainSec },
    },
    async drive(scene) {
      const client = await scene.connect();
      await client.echo({ pool: 'stubborn' });
      scene.subject.signal('SIGTERM');
      await endAtTimeout(scene, drainSec);
    },
    judges: [drainEndsAtItsTimeout, nothingIsLeft],
  },
  {
    id: 'drain/endless-request',
    title: 'A request that is never answered gets an error at the drain timeout',
    requirements: ['DRN-3', 'COR-1'],
    does: 'A worker that would end when it is told to holds three requests for longer than the timeout.',
    config: { limits: { drain_timeout_sec: drainSec } },
    async drive(scene) {
      const client = await scene.connect();
      const held: HeldRequest[] = [];
      for (const sessionId of ['s', 't', 's']) held.push(await hold(scene, client, { sessionId }));
      scene.subject.signal('SIGTERM');
      for (const { call } of held) await call.response({ requirement: 'DRN-3' });
      await endAtTimeout(scene, drainSec);
    },
    judges: [drainEndsAtItsTimeout],
  },
  {
    id: 'drain/stubborn-among-others',
    isLong: true,
    title: 'One stubborn worker costs the requests of others nothing',
    requirements: ['DRN-3', 'DRN-1'],
    does: 'A stubborn worker and a good one are busy; the good one answers before the timeout.',
    config: {
      pools: [{ id: 'main' }, { id: 'stubborn', traits: stubborn }],
      limits: { drain_timeout_sec: 1.5 },
    },
    async drive(scene) {
      const client = await scene.connect();
      const good = await hold(scene, client);
      const bad = await hold(scene, client, { pool: 'stubborn' });
      await seenDrain(scene, client);
      await release(good);
      await bad.call.response({ requirement: 'DRN-3' });
      await endAtTimeout(scene, 1.5);
    },
    judges: [drainEndsAtItsTimeout, pendingIsFinished('DRN-1')],
  },
  {
    id: 'drain/no-grace',
    title: 'With drain_timeout_sec 0 everything ends at once, and what is pending gets an error',
    requirements: ['DRN-3', 'COR-1'],
    does: 'A stubborn worker holds two requests when SIGTERM comes.',
    config: { pools: [{ id: 'main', traits: stubborn }], limits: { drain_timeout_sec: 0 } },
    async drive(scene) {
      const client = await scene.connect();
      const held = [await hold(scene, client), await hold(scene, client, { sessionId: 's' })];
      scene.subject.signal('SIGTERM');
      for (const { call } of held) await call.response({ requirement: 'DRN-3' });
      await endAtTimeout(scene, 0);
    },
    judges: [drainEndsAtItsTimeout],
  },
  {
    id: 'drain/deaf-client',
    title: 'A client that does not read holds up a drain until its timeout at most',
    requirements: ['DRN-3'],
    does:
      'A client stops reading. After SIGTERM its worker answers with 5 MB, more than a socket ' +
      'holds. The bus ends within 1 s of its timeout.',
    config: { limits: { drain_timeout_sec: 0.5, max_output_queue: 33_554_432 } },
    async drive(scene) {
      const client = await scene.connect();
      const held: HeldRequest[] = [];
      for (let n = 0; n < 6; n++) held.push(await hold(scene, client, { sessionId: 's' }));
      client.pause();
      scene.subject.signal('SIGTERM');
      const result = 'x'.repeat(900_000);
      for (const { probe, frame } of held) void probe.reply(frame, { result });
      await endAtTimeout(scene, 0.5);
    },
    judges: [drainIsBounded],
  },
];

function second(first: NodeJS.Signals, next: NodeJS.Signals): BusScenario {
  return {
    id: `drain/${first.toLowerCase()}-then-${next.toLowerCase()}`,
    title: `${next} during the drain that ${first} began ends everything at once`,
    requirements: ['DRN-4', 'DRN-5'],
    does: 'Stubborn workers hold a request, and the drain timeout is far off. The second signal ends them.',
    config: {
      pools: [{ id: 'main', instances: 2, traits: stubborn }],
      limits: { drain_timeout_sec: longSec },
    },
    async drive(scene) {
      await scene.workers();
      const client = await scene.connect();
      await hold(scene, client, { sessionId: 's' });
      await seenDrain(scene, client, first);
      scene.subject.signal(next);
      await endAtOnce(scene);
    },
    judges: [secondSignalEndsAll, nothingIsLeft],
  };
}

const signals: readonly BusScenario[] = [
  second('SIGTERM', 'SIGTERM'),
  second('SIGTERM', 'SIGINT'),
  second('SIGINT', 'SIGINT'),
  second('SIGINT', 'SIGTERM'),
  {
    id: 'drain/first-signal-after-stdin-end',
    title: 'The first signal in a drain that the end of stdin began changes nothing',
    requirements: ['DRN-4', 'DRN-6'],
    does:
      'Closes stdin while one of two workers is busy, sends SIGTERM when the idle one has ended, and ' +
      'only then has the busy one answer.',
    transports: ['stdio'],
    config: {
      pools: [{ id: 'main', instances: 2 }],
      limits: { drain_timeout_sec: longSec },
    },
    async drive(scene) {
      await scene.workers();
      const client = await scene.connect();
      const held = await hold(scene, client, { sessionId: 's' });
      const idle = scene.probes.find((probe) => probe !== held.probe);
      client.end();
      // It need not be told to end before the other one.
      const isTold = () => idle?.hasExited === true;
      await waitInVain(scene, 200, isTold);
      scene.subject.signal('SIGTERM');
      const isCut = () => held.probe.hasExited || !scene.subject.isRunning;
      const limitMs = scene.timings.graceMs / 8;
      await waitInVain(scene, limitMs, isCut);
      await held.probe.reply(held.frame);
      await held.call.response({ requirement: 'DRN-4' });
      await seenEnd(scene);
    },
    judges: [pendingIsFinished('DRN-6')],
  },
  {
    id: 'drain/second-signal-after-stdin-end',
    title: 'The second signal in a drain that the end of stdin began ends everything at once',
    requirements: ['DRN-4', 'DRN-5'],
    does: 'A stubborn worker holds a request. Closes stdin, then sends SIGTERM twice.',
    transports: ['stdio'],
    config: {
      pools: [{ id: 'main', traits: stubborn }],
      limits: { drain_timeout_sec: longSec },
    },
    async drive(scene) {
      const client = await scene.connect();
      await hold(scene, client, { sessionId: 's' });
      client.end();
      scene.subject.signal('SIGTERM');
      // Two equal signals that wait for a process at the same time are one.
      await noNewIncarnation(scene, scene.timings.graceMs / 8);
      scene.subject.signal('SIGTERM');
      await endAtOnce(scene);
    },
    judges: [secondSignalEndsAll, nothingIsLeft],
  },
];

export const drainLimitScenarios: readonly BusScenario[] = [...timeouts, ...signals];
