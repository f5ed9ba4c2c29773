import { type BusScenario, sockets } from '../../bus-scenario.ts';
import type { Client } from '../../client/client.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import { eachSessionHasOneWorker } from '../../judges/sessions.ts';
import { newSessionsAreEven, newSessionsSpread, sessionlessSpread } from '../../judges/spread.ts';
import type { Scene } from '../../scene/scene.ts';
import { hold, sessionsOnEachWorker } from './bound-sessions.ts';

const three = { pools: [{ id: 'main', instances: 3 }] };

/** Sends a request of each session, some hundred in one write, and waits for all the answers. */
async function roundOf(scene: Scene, client: Client, sessions: readonly string[]): Promise<void> {
  for (let at = 0; at < sessions.length; at += 200) {
    const lines = sessions
      .slice(at, at + 200)
      .map((sessionId) => client.prepare('probe/x', { sessionId }).line);
    const enough = client.received.length + lines.length;
    client.write(`${lines.join('\n')}\n`);
    await scene.until('the responses', () => client.received.length >= enough, {
      requirement: 'COR-1',
    });
  }
}

export const affinityScenarios: readonly BusScenario[] = [
  {
    id: 'affinity/rfc',
    title: "Five users on three workers: every later request goes to its user's worker",
    requirements: ['AFF-1', 'COR-1'],
    does:
      'Five clients with a session each send ten requests, in turn, and once more after they have ' +
      'all disconnected and connected again.',
    transports: sockets,
    config: three,
    async drive(scene) {
      await scene.workers();
      for (let round = 0; round < 2; round++) {
        const clients: Client[] = [];
        for (let user = 0; user < 5; user++) clients.push(await scene.connect());
        for (let n = 0; n < 10; n++) {
          for (const [user, client] of clients.entries()) {
            await client.echo({ sessionId: `user-${user}` });
          }
        }
        for (const client of clients) client.close();
      }
    },
    judges: [eachSessionHasOneWorker('AFF-1', 5), everyRequestIsServed('COR-1', { atLeast: 101 })],
  },
  {
    id: 'affinity/one-connection',
    title: 'Sessions of one connection each keep their worker',
    requirements: ['AFF-1', 'COR-1'],
    does: 'Sends requests and notifications of twelve sessions in turn, many of them at once.',
    config: three,
    async drive(scene) {
      const client = await scene.connect();
      await scene.workers();
      for (let n = 0; n < 8; n++) {
        const calls = [];
        for (let session = 0; session < 12; session++) {
          client.notify('probe/note', { sessionId: `s${session}` });
          calls.push(client.request('probe/echo', { sessionId: `s${session}` }));
        }
        for (const call of calls) await call.response();
      }
    },
    judges: [eachSessionHasOneWorker('AFF-1', 12)],
  },
  {
    id: 'affinity/ten-thousand-sessions',
    title: 'Ten thousand sessions in one bus each keep their worker',
    requirements: ['AFF-9', 'AFF-1', 'AFF-3'],
    does: 'Binds 10000 sessions, and then sends another request of each.',
    config: three,
    async drive(scene) {
      const client = await scene.connect();
      await scene.workers();
      const sessions = Array.from({ length: 10_000 }, (_, n) => `session-${n}`);
      await roundOf(scene, client, sessions);
      await roundOf(scene, client, sessions.toReversed());
    },
    judges: [
      eachSessionHasOneWorker('AFF-9', 10_000),
      newSessionsSpread('AFF-3', { pool: 'main' }),
    ],
  },
  {
    id: 'affinity/two-connections',
    title: 'Two connections that use one session reach the same worker',
    requirements: ['AFF-1'],
    does: 'Two clients send requests of the same eight sessions, in turn and at the same time.',
    transports: sockets,
    config: three,
    async drive(scene) {
      const clients = [await scene.connect(), await scene.connect()];
      await scene.workers();
      for (let n = 0; n < 4; n++) {
        const calls = clients.flatMap((client) =>
          Array.from({ length: 8 }, (_, s) => client.request('probe/echo', { sessionId: `s${s}` })),
        );
        for (const call of calls) await call.response();
      }
    },
    judges: [eachSessionHasOneWorker('AFF-1', 8)],
  },
  {
    id: 'affinity/value-of-the-id',
    title: 'A session id is compared by its value: escapes do not make another session',
    requirements: ['AFF-1'],
    does: 'Sends requests of sixteen sessions whose ids are spelled with escapes and without.',
    config: three,
    async drive(scene) {
      const client = await scene.connect();
      await scene.workers();
      for (let n = 0; n < 16; n++) {
        const letter = String.fromCharCode(97 + n);
        const escaped = `\\u00${(97 + n).toString(16)}`;
        const spellings = [
          `é${letter}/`,
          `\\u00e9${letter}/`,
          `\\u00E9${escape}\\/`,
          `é${escaped}/`,
        ];
        for (const [m, spelled] of spellings.entries()) {
          const { line, call } = client.prepare('probe/x', { id: `${n}-${m}` });
          client.send(line.replace('"method"', `"sessionId":"${spelled}","method"`));
          await call.response();
        }
      }
    },
    judges: [eachSessionHasOneWorker('AFF-1', 16)],
  },
  {
    id: 'affinity/order-to-the-worker',
    title: 'Frames of a session reach the worker in the order in which they were sent',
    requirements: ['AFF-2', 'FRM-3'],
    does:
      'Sends requests and notifications of five sessions, interleaved: 300 in one write, 300 in ' +
      'chunks of 50 bytes, and 60 one by one.',
    config: three,
    async drive(scene) {
      const client = await scene.connect();
      await scene.workers();
      const linesOf = (count: number) =>
        Array.from({ length: count }, (_, n) => {
          const sessionId = `s${n % 5}`;
          if (n % 3 > 0) return `${client.prepare('probe/x', { sessionId }).line}\n`;
          const params = { mark: scene.mark() };
          return `${JSON.stringify({ jsonrpc: '2.0', method: 'probe/note', sessionId, params })}\n`;
        });
      client.write(linesOf(300).join(''));
      const bytes = Buffer.from(linesOf(300).join(''));
      for (let at = 0; at < bytes.length; at += 50) client.write(bytes.subarray(at, at + 50));
      for (const line of linesOf(60)) client.write(line);
      for (const call of client.calls) await call.response();
    },
    judges: [everyRequestIsServed('FRM-3', { atLeast: 440 })],
  },
  {
    id: 'affinity/order-to-the-owner',
    title: 'Frames of a worker reach the owner in the order in which it wrote them',
    requirements: ['AFF-2', 'AFF-8'],
    does:
      'Three workers write notifications, questions and responses of their sessions, interleaved ' +
      'and many in one write.',
    config: three,
    async drive(scene) {
      const client = await scene.connect();
      const sessions = await sessionsOnEachWorker(scene, client, 3);
      for (const { probe, sessionId } of sessions) {
        const held = [];
        for (let n = 0; n < 10; n++) held.push(await hold(scene, client, { sessionId }));
        const lines = held.flatMap((frame, n) => {
          const note = { jsonrpc: '2.0', method: 'probe/note', sessionId, params: { n } };
          const question = { jsonrpc: '2.0', id: n, method: 'probe/ask', sessionId, params: { n } };
          const before = [note, question].map((each) => JSON.stringify(each));
          return [...before, probe.responseTo(frame.frame)];
        });
        await probe.write(Buffer.from(`${lines.join('\n')}\n`, 'latin1'));
        for (const { frame } of held) probe.abandon(frame);
      }
      for (const call of client.calls) await call.response();
      for (const { sessionId } of sessions) await client.echo({ sessionId });
    },
    judges: [everyRequestIsServed('AFF-2', { atLeast: 33 })],
  },
  {
    id: 'affinity/new-sessions-spread',
    title: 'New sessions spread over all live workers',
    requirements: ['AFF-3', 'COR-1'],
    does: 'Binds 192 new sessions on four workers, all at once.',
    config: { pools: [{ id: 'main', instances: 4 }] },
    async drive(scene) {
      const client = await scene.connect();
      await scene.workers();
      const sessions = Array.from({ length: 192 }, (_, n) => `new-${n}`);
      await roundOf(scene, client, sessions);
    },
    judges: [newSessionsSpread('AFF-3', { pool: 'main', rounds: 3 })],
  },
  {
    id: 'affinity/new-sessions-among-others',
    title: 'New sessions spread whatever else is routed between them',
    requirements: ['AFF-3', 'AFF-10'],
    does: 'Binds 64 new sessions on two workers, with a request without a session after each, and a request of a session that is bound already.',
    config: { pools: [{ id: 'main', instances: 2 }] },
    async drive(scene) {
      const client = await scene.connect();
      await scene.workers();
      for (let n = 0; n < 64; n++) {
        await client.echo({ sessionId: `user ${n}` });
        await client.echo();
        await client.echo({ sessionId: 'user 0' });
      }
    },
    judges: [
      newSessionsSpread('AFF-3', { pool: 'main', rounds: 2 }),
      newSessionsAreEven('AFF-10', { pool: 'main' }),
    ],
  },
  {
    id: 'affinity/even-sessions',
    title: 'New sessions one after another differ by at most one per worker',
    requirements: ['AFF-10', 'AFF-3'],
    does: 'Binds 64 new sessions on four workers, each when the one before was answered.',
    config: { pools: [{ id: 'main', instances: 4 }] },
    async drive(scene) {
      const client = await scene.connect();
      await scene.workers();
      for (let n = 0; n < 64; n++) await client.echo({ sessionId: `user ${n}` });
    },
    judges: [
      newSessionsAreEven('AFF-10', { pool: 'main' }),
      newSessionsSpread('AFF-3', { pool: 'main' }),
    ],
  },
  {
    id: 'affinity/sessionless-one-by-one',
    title: 'Requests without a session spread, also when each waits for the one before',
    requirements: ['AFF-5', 'COR-1'],
    does: 'Sends 96 requests without a session to three workers, one after another.',
    config: three,
    async drive(scene) {
      const client = await scene.connect();
      await scene.workers();
      for (let n = 0; n < 96; n++) await client.echo();
    },
    judges: [sessionlessSpread('AFF-5', { pool: 'main', rounds: 2 })],
  },
  {
    id: 'affinity/sessionless-at-once',
    title: 'Requests without a session spread over the workers when they come at once',
    requirements: ['AFF-5', 'COR-1'],
    does: 'Sends 192 requests without a session to three workers in one write.',
    config: three,
    async drive(scene) {
      const client = await scene.connect();
      await scene.workers();
      const lines = Array.from({ length: 192 }, () => client.prepare('probe/x').line);
      client.write(`${lines.join('\n')}\n`);
      for (const call of client.calls) await call.response();
    },
    judges: [sessionlessSpread('AFF-5', { pool: 'main', rounds: 3 })],
  },
  {
    id: 'affinity/params-do-not-route',
    title: 'A sessionId in params does not route',
    requirements: ['AFF-4', 'AFF-1'],
    does:
      'Sends requests of six sessions whose params name another session each time, and requests ' +
      'without a session whose params all name the same.',
    config: three,
    async drive(scene) {
      const client = await scene.connect();
      await scene.workers();
      for (let n = 0; n < 48; n++) {
        await client.echo({ sessionId: `s${n % 6}`, params: { sessionId: `s${(n + 1) % 6}` } });
        await client.echo({ params: { sessionId: 'agent-77', session: { sessionId: 's1' } } });
      }
    },
    judges: [eachSessionHasOneWorker('AFF-4', 6), sessionlessSpread('AFF-4', { pool: 'main' })],
  },
];
