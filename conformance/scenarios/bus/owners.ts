import { type BusScenario, sockets } from '../../bus-scenario.ts';
import type { Client } from '../../client/client.ts';
import { fatesAreMet } from '../../judges/fates.ts';
import { requestsBeyondTheQueueAreRefused } from '../../judges/overload.ts';
import { bind, hold, questionAt, responseAt, sessionsOnEachWorker } from './bound-sessions.ts';

const dropped = { fate: 'dropped' };

/** Waits until a client has so many notifications. */
async function notified(client: Client, count: number): Promise<void> {
  await client.frame(
    `notification number ${count}`,
    () => client.received.filter(({ kind }) => kind === 'notification').length >= count,
    { requirement: 'AFF-8' },
  );
}

export const ownerScenarios: readonly BusScenario[] = [
  {
    id: 'owners/no-session',
    title: "A worker's notification without a session reaches nobody",
    requirements: ['AFF-8', 'FRM-7'],
    does: 'A worker sends notifications without a session, also while a client has requests pending.',
    async drive(scene) {
      const client = await scene.connect();
      const { probe, frame } = await hold(scene, client, { sessionId: 's' });
      await probe.notify('probe/note', { params: dropped });
      await probe.notify('probe/note', { params: { ...dropped, sessionId: 's' } });
      await probe.notify('probe/note', { sessionId: null, params: dropped });
      await probe.notify('probe/note', { sessionId: '', params: dropped });
      await probe.reply(frame);
      await probe.notify('probe/note', { params: dropped });
      await client.echo({ sessionId: 's' });
    },
    judges: [fatesAreMet('AFF-8', 5)],
  },
  {
    id: 'owners/unknown-session',
    title: "A worker's notification of a session that nobody has used reaches nobody",
    requirements: ['AFF-8'],
    does: 'A worker sends notifications of sessions that no client has ever named.',
    async drive(scene) {
      const client = await scene.connect();
      const { probe, frame } = await hold(scene, client, { sessionId: 's' });
      for (const sessionId of ['S', 's ', 't', 's\u0000', 'x'.repeat(256)]) {
        await probe.notify('probe/note', { sessionId, params: dropped });
      }
      await probe.reply(frame);
      await client.echo({ sessionId: 's' });
    },
    judges: [fatesAreMet('AFF-8', 5)],
  },
  {
    id: 'owners/each-its-own',
    title: 'Each client gets the notifications of its own sessions and no others',
    requirements: ['AFF-8', 'AFF-2'],
    does: 'Four clients have three sessions each on one worker, which notifies them all in turn.',
    transports: sockets,
    async drive(scene) {
      const clients: Client[] = [];
      const sessions = [];
      for (let n = 0; n < 4; n++) {
        const client = await scene.connect();
        clients.push(client);
        for (let m = 0; m < 3; m++) sessions.push(await bind(scene, client, `c${n}-s${m}`));
      }
      for (let round = 0; round < 5; round++) {
        for (const { probe, sessionId } of sessions) {
          await probe.notify('probe/note', { sessionId, params: { round, of: sessionId } });
        }
      }
      for (const client of clients) await notified(client, 15);
      for (const [n, client] of clients.entries()) await client.echo({ sessionId: `c${n}-s0` });
    },
  },
  {
    id: 'owners/change',
    title: 'Who has sent the last frame of a session owns it; responses go to who asked',
    requirements: ['AFF-8', 'AFF-1', 'COR-1'],
    does:
      'Two clients use one session in turn, by requests and by notifications; after each turn the ' +
      'worker sends a notification. What the first has pending is answered at the end.',
    transports: sockets,
    config: { pools: [{ id: 'main', instances: 2 }] },
    async drive(scene) {
      const clients = [await scene.connect(), await scene.connect()];
      const [first] = await sessionsOnEachWorker(scene, clients[0] as Client, 2);
      if (first === undefined) return;
      const { sessionId } = first;
      const held = await hold(scene, clients[0] as Client, { sessionId });
      for (let turn = 1; turn <= 6; turn++) {
        const client = clients[turn % 2] as Client;
        if (turn < 5) await bind(scene, client, sessionId);
        else await scene.arrival(client.notify('probe/note', { sessionId }));
        await held.probe.notify('probe/note', { sessionId, params: { turn } });
        await notified(client, Math.ceil(turn / 2));
      }
      await held.probe.reply(held.frame);
      for (const client of clients) await client.echo({ sessionId });
    },
  },
  {
    id: 'owners/refused-frames',
    title: 'A frame that is refused, and a response, make nobody an owner',
    requirements: ['AFF-8', 'COR-3'],
    does:
      'Another client sends, in a session that it does not own, a request with an id that it has ' +
      'pending and a response that answers nothing. Notifications still go to the owner.',
    transports: sockets,
    async drive(scene) {
      const owner = await scene.connect();
      const other = await scene.connect();
      const { probe, frame } = await hold(scene, owner, { sessionId: 's' });
      const own = await hold(scene, other, { id: 7, sessionId: 'mine' });
      const from = other.received.length;
      other.request('probe/x', { id: 7, sessionId: 's', params: { fate: '-32600' } });
      await other.frame('the refusal', ({ isError }) => isError, { from, requirement: 'COR-3' });
      const result = { fate: 'dropped' };
      other.send({ jsonrpc: '2.0', id: 99, sessionId: 's', result });
      await other.echo({ sessionId: 'mine' });
      await probe.notify('probe/note', { sessionId: 's', params: { to: 'the owner' } });
      await notified(owner, 1);
      await probe.reply(frame);
      await own.probe.reply(own.frame);
      await owner.echo({ sessionId: 's' });
      await other.echo({ sessionId: 'mine' });
    },
    judges: [fatesAreMet('AFF-8', 2), fatesAreMet('COR-3', 2)],
  },
  {
    id: 'owners/late-answer',
    title: "An answer to a worker's question makes nobody the owner again",
    requirements: ['AFF-8', 'COR-6'],
    does:
      'A worker asks the owner of a session; another client takes the session over; then the first ' +
      'one answers. Notifications go to the second.',
    transports: sockets,
    async drive(scene) {
      const first = await scene.connect();
      const second = await scene.connect();
      const { probe } = await bind(scene, first, 's');
      await probe.ask('q1', 'probe/ask', { sessionId: 's' });
      await questionAt(first, 'q1');
      await bind(scene, second, 's');
      first.send({ jsonrpc: '2.0', id: 'q1', sessionId: 's', result: { decision: 'accept' } });
      await responseAt(scene, probe, '"q1"');
      await probe.notify('probe/note', { sessionId: 's', params: { to: 'the second' } });
      await notified(second, 1);
      await first.echo();
      await second.echo({ sessionId: 's' });
    },
  },
  {
    id: 'owners/overloaded',
    title: 'A request that finds the queue of its worker full makes nobody an owner',
    requirements: ['AFF-8', 'FLW-2'],
    does:
      'A worker stops reading, and another client fills its queue. A request of this client in the ' +
      "owner's session is refused; when the worker reads again, a notification goes to the owner.",
    transports: sockets,
    config: { limits: { max_output_queue: 64 * 1024 } },
    async drive(scene) {
      const owner = await scene.connect();
      const other = await scene.connect();
      const { probe } = await bind(scene, owner, 's');
      await probe.order({ order: 'pause' });
      const pad = 'x'.repeat(128 * 1024);
      for (let n = 0; n < 48; n++) other.notify('probe/news', { sessionId: 'o', params: { pad } });
      await other.request('probe/ask', { sessionId: 's' }).response({ requirement: 'FLW-2' });
      await probe.order({ order: 'resume' });
      const untilMs = performance.now() + scene.timings.responseMs;
      while ((await other.echo({ sessionId: 'o' })).isError && performance.now() < untilMs);
      await probe.notify('probe/note', { sessionId: 's', params: { to: 'the owner' } });
      await notified(owner, 1);
      await other.echo({ sessionId: 'o' });
      await owner.echo({ sessionId: 's' });
    },
    judges: [requestsBeyondTheQueueAreRefused],
  },
  {
    id: 'owners/owner-left',
    title: 'What a worker says while its session has no owner reaches nobody, also not later',
    requirements: ['AFF-8', 'COR-7'],
    does:
      'The owner leaves; the worker sends notifications; then another client takes the session ' +
      'over, and gets those that come from then on.',
    transports: sockets,
    async drive(scene) {
      const bystander = await scene.connect();
      const first = await scene.connect();
      const { probe } = await bind(scene, first, 's');
      const { frame } = await hold(scene, bystander, { sessionId: 'by' });
      first.close();
      for (let n = 0; n < 3; n++) {
        await probe.notify('probe/note', { sessionId: 's', params: { ...dropped, n } });
      }
      await probe.reply(frame);
      await bystander.echo({ sessionId: 'by' });
      const second = await scene.connect();
      await bind(scene, second, 's');
      await probe.notify('probe/note', { sessionId: 's', params: { to: 'the second' } });
      await notified(second, 1);
      await second.echo({ sessionId: 's' });
    },
    judges: [fatesAreMet('AFF-8', 3), fatesAreMet('COR-7', 3)],
  },
  {
    id: 'owners/of-another-worker',
    title: 'What a worker says of a session of another worker reaches its owner or nobody',
    requirements: ['AFF-8', 'AFF-1'],
    does:
      'Two clients have a session each, on two workers. Each worker sends notifications and asks ' +
      'in the session of the other, and in its own.',
    transports: sockets,
    config: { pools: [{ id: 'main', instances: 2 }] },
    async drive(scene) {
      const [one, two] = [await scene.connect(), await scene.connect()];
      const sessions = await sessionsOnEachWorker(scene, one, 2);
      const [mine, theirs] = sessions;
      if (mine === undefined || theirs === undefined) return;
      await bind(scene, two, theirs.sessionId);
      for (const { probe, sessionId } of [mine, theirs]) {
        for (const session of [mine.sessionId, theirs.sessionId]) {
          const about = { sessionId: session, params: { from: probe.tag, about: session } };
          await probe.notify('probe/note', about);
          if (session !== sessionId) await probe.ask('odd', 'probe/ask', about);
        }
      }
      for (const client of [one, two]) await notified(client, 1);
      await one.echo({ sessionId: mine.sessionId });
      await two.echo({ sessionId: theirs.sessionId });
    },
  },
];
