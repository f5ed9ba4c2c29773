import { type BusScenario, sockets } from '../../bus-scenario.ts';
import type { Frame } from '../../history/frame.ts';
import { fatesAreMet } from '../../judges/fates.ts';
import { notificationsAreUnanswered } from '../../judges/notifications.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import type { Held } from '../../scene/scene-workers.ts';
import { hold } from './bound-sessions.ts';

const dropped = { fate: 'dropped' };

export const correlationScenarios: readonly BusScenario[] = [
  {
    id: 'correlation/one-response',
    title: 'Each request gets exactly one response, with and without a session',
    requirements: ['COR-1', 'FRM-7'],
    does: 'Sends requests of sessions and of none, all at once, and asks that a worker serves each.',
    config: { pools: [{ id: 'main', instances: 2 }] },
    async drive(scene) {
      const client = await scene.connect();
      const calls = Array.from({ length: 40 }, (_, n) =>
        client.request('probe/echo', n % 3 === 0 ? {} : { sessionId: `s${n % 7}` }),
      );
      for (const call of calls) await call.response();
    },
    judges: [everyRequestIsServed('COR-1', { atLeast: 40 })],
  },
  {
    id: 'correlation/worker-error',
    title: "A worker's error response is passed on like any other",
    requirements: ['COR-1', 'FRM-7'],
    does: 'Has a worker answer with an error of its own, in its own spelling.',
    async drive(scene) {
      const client = await scene.connect();
      const { probe, frame } = await hold(scene, client, { sessionId: 's' });
      const data = { detail: 'é', number: 1e3 };
      await probe.reply(frame, { error: { code: -32010, message: 'no such thing', data } });
      await client.echo();
    },
    judges: [everyRequestIsServed('COR-1', { atLeast: 3 })],
  },
  {
    id: 'correlation/pending-4096',
    title: '4096 requests of one connection are pending at once and answered in another order',
    requirements: ['COR-1', 'COR-9'],
    does: 'Sends 4096 requests that a worker holds, which it then answers from the last to the first.',
    async drive(scene) {
      const client = await scene.connect();
      const probe = await scene.worker();
      const { responseMs } = scene.timings;
      // In pieces that fit into a pipe: a bus may bound what it queues for a worker (FLW-2).
      for (let sent = 0; sent < 4096; sent += 256) {
        const lines = Array.from({ length: 256 }, () => client.prepare('probe/hold').line);
        client.write(`${lines.join('\n')}\n`);
        const isThere = () => probe.held.length >= sent + 256;
        await scene.until('256 more requests at the worker', isThere, { requirement: 'COR-1' });
      }
      const pending = [...probe.held].reverse();
      for (let at = 0; at < pending.length; at += 512) {
        const lines = pending.slice(at, at + 512).map((frame) => `${probe.responseTo(frame)}\n`);
        await probe.write(Buffer.from(lines.join(''), 'latin1'));
      }
      await scene.until('4096 responses', () => client.received.length > 4096, {
        limitMs: 2 * responseMs,
        requirement: 'COR-1',
      });
      for (const frame of pending) probe.abandon(frame);
    },
    judges: [everyRequestIsServed('COR-1', { atLeast: 4096 })],
  },
  {
    id: 'correlation/colliding-ids',
    title: 'Two clients use the same ids at the same time on one worker',
    requirements: ['COR-2', 'COR-1'],
    does:
      'Two clients send requests with the same ids, in sessions of their own and in one that both ' +
      'use, to one worker that holds them all; it answers crosswise.',
    transports: sockets,
    async drive(scene) {
      const clients = [await scene.connect(), await scene.connect()];
      const held: Held[] = [];
      for (const id of [1, 'a', 0]) {
        for (const [n, client] of clients.entries()) {
          held.push(await hold(scene, client, { id, sessionId: id === 0 ? 'both' : `own${n}` }));
        }
      }
      // The second client first, then the first one first, and once more the other way round.
      for (const at of [1, 0, 2, 3, 5, 4]) {
        const { probe, frame } = held[at] as Held;
        await probe.reply(frame);
      }
      for (const { calls } of clients) for (const call of calls) await call.response();
    },
    judges: [
      everyRequestIsServed('COR-2', { atLeast: 2, which: ({ method }) => method === 'probe/hold' }),
    ],
  },
  {
    id: 'correlation/many-colliding-ids',
    title: 'Eight clients count their ids from one, each for itself',
    requirements: ['COR-2', 'COR-1'],
    does: 'Eight clients send 16 requests each with the ids 1 to 16, which one of two workers answers backwards.',
    transports: sockets,
    config: { pools: [{ id: 'main', instances: 2 }] },
    async drive(scene) {
      const clients = [];
      for (let n = 0; n < 8; n++) clients.push(await scene.connect());
      const probes = await scene.workers();
      const calls = clients.flatMap((client) =>
        Array.from({ length: 16 }, (_, n) => client.request('probe/hold', { id: n + 1 })),
      );
      const heldNow = () => probes.reduce((sum, { held }) => sum + held.length, 0);
      await scene.until('all requests at the workers', () => heldNow() >= calls.length, {
        requirement: 'COR-1',
      });
      for (const [n, probe] of probes.entries()) {
        const frames = n === 0 ? probe.held.toReversed() : [...probe.held];
        for (const frame of frames) await probe.reply(frame);
      }
      for (const call of calls) await call.response();
    },
    judges: [
      everyRequestIsServed('COR-2', {
        atLeast: 128,
        which: ({ method }) => method === 'probe/hold',
      }),
    ],
  },
  {
    id: 'correlation/like-ids',
    title: 'Ids that are spelled differently are different ids',
    requirements: ['COR-1', 'FRM-7', 'COR-9'],
    does: 'Has the ids 1, 1.0, "1", 1e0 and others pending together, and answers them backwards.',
    async drive(scene) {
      const client = await scene.connect();
      const held = [];
      const ids = ['7', '7.0', '"7"', '7e0', '-7', '""', '9007199254740993', '9007199254740992'];
      for (const idJson of [...ids, '"\\u0037"', '"é"', '"\\u00e9"', `"${'x'.repeat(300)}"`]) {
        held.push(await hold(scene, client, { idJson, sessionId: 's' }));
      }
      for (const { probe, frame } of held.reverse()) await probe.reply(frame);
      await client.echo({ sessionId: 's' });
    },
    judges: [everyRequestIsServed('COR-1', { atLeast: 13 })],
  },
  {
    id: 'correlation/duplicate-pending-id',
    title:
      'A second request with an id that is still pending is refused, and the first is untouched',
    requirements: ['COR-3', 'COR-1'],
    does:
      'While a worker holds a request, sends others with its id, of the same session, another one ' +
      'and none; then has the worker answer the first.',
    config: { pools: [{ id: 'main', instances: 2 }] },
    async drive(scene) {
      const client = await scene.connect();
      const params = { fate: '-32600' };
      for (const id of [5, 'five']) {
        const frameId = JSON.stringify(id);
        const { probe, frame } = await hold(scene, client, { id, sessionId: `s-${id}` });
        for (const sessionId of [`s-${id}`, 'other', undefined]) {
          const session = sessionId === undefined ? {} : { sessionId };
          const from = client.received.length;
          client.request('probe/bind', { id, ...session, params });
          const isRefusal = (answer: Frame) => answer.isError && answer.idJson === frameId;
          await client.frame('the refusal', isRefusal, { from, requirement: 'COR-3' });
        }
        await probe.reply(frame);
        await client.echo({ id, sessionId: `s-${id}` });
      }
    },
    judges: [
      fatesAreMet('COR-3', 6),
      everyRequestIsServed('COR-3', { atLeast: 2, which: ({ method }) => method === 'probe/hold' }),
    ],
  },
  {
    id: 'correlation/duplicate-of-no-pool',
    title: 'That an id is still pending is found before anything else about a request',
    requirements: ['COR-3'],
    does: 'While a request is pending, sends another with its id that names an unknown pool.',
    async drive(scene) {
      const client = await scene.connect();
      const { probe, frame } = await hold(scene, client, { id: 1, sessionId: 's' });
      const from = client.received.length;
      client.request('probe/bind', { id: 1, pool: 'nowhere', params: { fate: '-32600' } });
      await client.frame('the refusal', ({ isError }) => isError, { from, requirement: 'COR-3' });
      await probe.reply(frame);
    },
    judges: [fatesAreMet('COR-3')],
  },
  {
    id: 'correlation/id-reuse',
    title: 'An id is free again as soon as its response has come',
    requirements: ['COR-3', 'COR-1'],
    does: 'Uses one id for thirty requests, one after another.',
    async drive(scene) {
      const client = await scene.connect();
      for (let n = 0; n < 30; n++) await client.echo({ id: 'same', sessionId: `s${n % 3}` });
    },
    judges: [everyRequestIsServed('COR-3', { atLeast: 30 })],
  },
  {
    id: 'correlation/notifications',
    title: 'A notification gets no response',
    requirements: ['COR-4', 'FRM-7'],
    does: 'Sends notifications of sessions and of none between requests.',
    async drive(scene) {
      const client = await scene.connect();
      for (let n = 0; n < 5; n++) {
        client.notify('probe/echo', { sessionId: 's' });
        client.notify('probe/no-such-method');
        client.notify('', { sessionId: `s${n}` });
        await client.echo({ sessionId: 's' });
      }
    },
    judges: [notificationsAreUnanswered('COR-4', 15)],
  },
  {
    id: 'correlation/unroutable-notifications',
    title: 'A notification that cannot be routed is not answered either',
    requirements: ['COR-4'],
    does:
      'Sends notifications for a pool that does not exist, for one whose worker has failed for ' +
      'good, and of a session that is bound there.',
    config: {
      pools: [{ id: 'main' }, { id: 'dead', traits: { exitAtStart: 1 } }],
      limits: { max_restarts: 0 },
    },
    async drive(scene) {
      const client = await scene.connect();
      const isDead = () => scene.probes.some(({ pool, hasExited }) => pool === 'dead' && hasExited);
      await scene.until('the end of the other worker', isDead);
      await client.request('probe/bind', { pool: 'dead', sessionId: 'lost' }).response();
      for (const sessionId of ['lost', 'new']) {
        client.notify('probe/note', { pool: 'nowhere', params: dropped });
        client.notify('probe/note', { pool: 'dead', sessionId, params: dropped });
        await client.echo();
      }
    },
    judges: [notificationsAreUnanswered('COR-4', 4), fatesAreMet('COR-4', 4)],
  },
];
