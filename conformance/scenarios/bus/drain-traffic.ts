import { type BusScenario, sockets } from '../../bus-scenario.ts';
import { drainEndsWithItsWork } from '../../judges/drain-ends.ts';
import {
  newConnectionsAreRefused,
  newRequestsAreRefused,
  notificationsAreNotAnswered,
  pendingIsFinished,
  speechPassesInADrain,
} from '../../judges/drains.ts';
import { fatesAreMet } from '../../judges/fates.ts';
import { waitInVain } from './absence.ts';
import { halfClose } from './half-close.ts';
import { hold, release } from './held-request.ts';
import { seenDrain, seenEnd } from './seen-drain.ts';

/** So long that nothing ends by it. */
const limits = { drain_timeout_sec: 10 };

/** What comes while a drain goes on. */
export const drainTrafficScenarios: readonly BusScenario[] = [
  {
    id: 'drain/taken-id',
    title: 'That an id is still pending is found before a drain refuses a request',
    requirements: ['COR-3', 'DRN-1'],
    does: 'While a request is pending, sends another with its id during a drain.',
    config: { limits },
    async drive(scene) {
      const client = await scene.connect();
      const held = await hold(scene, client, { id: 'taken' });
      await seenDrain(scene, client);
      const from = client.received.length;
      client.request('probe/bind', { id: 'taken', params: { fate: '-32600' } });
      await client.frame('the refusal', ({ isError }) => isError, { from, requirement: 'COR-3' });
      await release(held);
      await seenEnd(scene);
    },
    judges: [fatesAreMet('COR-3'), pendingIsFinished('DRN-1')],
  },
  {
    id: 'drain/new-requests',
    title: 'New requests get errors during a drain, whatever they name, and no worker sees them',
    requirements: ['DRN-1', 'COR-4'],
    does:
      'While a request is pending, asks in its session, in another one, in a new one, in none and in ' +
      'another pool, with notifications in between.',
    config: { pools: [{ id: 'main' }, { id: 'tools' }], limits },
    async drive(scene) {
      const client = await scene.connect();
      await client.echo({ sessionId: 'known' });
      const held = await hold(scene, client, { sessionId: 's' });
      await seenDrain(scene, client);
      for (const options of [
        { sessionId: 's' },
        { sessionId: 'known' },
        { sessionId: 'new' },
        { sessionId: 'new', pool: 'tools' },
        { pool: 'tools' },
        {},
      ]) {
        client.notify('event', options);
        await client.request('probe/echo', options).response({ requirement: 'DRN-1' });
      }
      await release(held);
      await seenEnd(scene);
    },
    judges: [pendingIsFinished('DRN-1'), newRequestsAreRefused(6), notificationsAreNotAnswered],
  },
  {
    id: 'drain/new-connections',
    title: 'No connection is accepted during a drain',
    requirements: ['DRN-1'],
    does: 'Tries to connect while a request is pending and the drain has been seen to act.',
    transports: sockets,
    config: { limits },
    async drive(scene) {
      const client = await scene.connect();
      const held = await hold(scene, client, { sessionId: 's' });
      await seenDrain(scene, client);
      // The listener may be closed a moment later than the first request is refused.
      const endMs = performance.now() + scene.timings.graceMs / 2;
      while (performance.now() < endMs && (await scene.isReachable()));
      const late = await scene.connect().catch(() => undefined);
      if (late !== undefined) {
        late.request('probe/echo');
        const isHeard = () => late.received.length > 0 || !late.isOpen;
        const limitMs = scene.timings.graceMs / 4;
        await waitInVain(scene, limitMs, isHeard);
      }
      await release(held);
      await seenEnd(scene);
    },
    judges: [pendingIsFinished('DRN-1'), newConnectionsAreRefused],
  },
  {
    id: 'drain/speech',
    title: 'Notifications, questions and their answers pass during a drain',
    requirements: ['DRN-1', 'COR-6'],
    does:
      'During a drain a busy worker notifies and asks the owner of its session, gets the answer, and ' +
      'only then answers itself.',
    config: { limits },
    async drive(scene) {
      const client = await scene.connect();
      const held = await hold(scene, client, { sessionId: 's' });
      const { probe } = held;
      await seenDrain(scene, client);
      await probe.notify('progress', { sessionId: 's', params: { mark: scene.mark() } });
      await probe.ask(7, 'approve', { sessionId: 's', params: { mark: scene.mark() } });
      const wait = { requirement: 'DRN-1' };
      await client.frame('the notification', ({ method }) => method === 'progress', wait);
      await client.frame('the question', ({ method }) => method === 'approve', wait);
      client.send({ jsonrpc: '2.0', id: 7, sessionId: 's', result: { is: 'fine' } });
      const isAnswered = () => probe.received.some(({ kind }) => kind === 'response');
      await scene.until('the answer at the worker', isAnswered, wait);
      await release(held);
      await seenEnd(scene);
    },
    judges: [pendingIsFinished('DRN-1'), speechPassesInADrain],
  },
  {
    id: 'drain/half-closed-client',
    title: 'A client that has closed its sending side gets what is pending in a drain',
    requirements: ['DRN-1', 'COR-8'],
    does: 'A client asks and closes its sending side; SIGTERM; then its worker answers.',
    transports: sockets,
    config: { limits },
    async drive(scene) {
      const [client, other] = [await scene.connect(), await scene.connect()];
      const held = await hold(scene, client, { sessionId: 's' });
      await halfClose(scene, client);
      await seenDrain(scene, other);
      await release(held);
      await client.ended({ requirement: 'COR-8' });
      await seenEnd(scene);
    },
    judges: [pendingIsFinished('DRN-1')],
  },
  {
    id: 'drain/talkative-client',
    title: 'A client that keeps on asking holds up no drain',
    requirements: ['DRN-1', 'DRN-2'],
    does: 'A client sends one request after the other from before the signal until the bus has ended.',
    transports: sockets,
    config: { limits },
    async drive(scene) {
      const [client, talker] = [await scene.connect(), await scene.connect()];
      const held = await hold(scene, client, { sessionId: 's' });
      const talk = (async () => {
        while (talker.isOpen && scene.subject.isRunning) {
          talker.request('probe/echo', { sessionId: 'talk' });
          const isNext = () => !talker.isOpen || talker.isAnswered() || !scene.subject.isRunning;
          await scene.until('the next word', isNext).catch(() => {});
        }
      })();
      await seenDrain(scene, client);
      const heard = talker.received.length + 20;
      await scene.until('20 refusals', () => talker.received.length >= heard);
      await release(held);
      await seenEnd(scene);
      await talk;
    },
    judges: [pendingIsFinished('DRN-1'), newRequestsAreRefused(15), drainEndsWithItsWork],
  },
];
