import { type BusScenario, sockets } from '../../bus-scenario.ts';
import { halfClosedGetsAllAndTheEnd, lateAnswersAreDropped } from '../../judges/departures.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import type { Scene } from '../../scene/scene.ts';
import { bind, hold } from './bound-sessions.ts';
import { halfClose } from './half-close.ts';

/** A client leaves with requests pending; their answers come while its successor asks the same. */
async function leaveAndComeBack(scene: Scene, how: 'close' | 'reset'): Promise<void> {
  const bystander = await scene.connect();
  const first = await scene.connect();
  const ids = [1, 2, 'three'];
  const old = [];
  for (const id of ids) old.push(await hold(scene, first, { id, sessionId: 's' }));
  first[how]();
  const second = await scene.connect();
  const young = [];
  for (const id of ids) young.push(await hold(scene, second, { id, sessionId: 's' }));
  for (const { probe, frame } of old) await probe.reply(frame);
  await bystander.echo({ sessionId: 'by' });
  for (const { probe, frame } of young) await probe.reply(frame);
  for (const call of second.calls) await call.response();
}

export const departureScenarios: readonly BusScenario[] = [
  {
    id: 'correlation/client-closes',
    title: 'The responses to a client that has left never reach a later connection',
    requirements: ['COR-7', 'COR-1'],
    does:
      'A client closes its connection with requests pending. A new one sends the same ids in the ' +
      'same session; then the worker answers the old requests, and the new ones after them.',
    transports: sockets,
    drive: (scene) => leaveAndComeBack(scene, 'close'),
    judges: [lateAnswersAreDropped('COR-7', 3)],
  },
  {
    id: 'correlation/client-is-cut-off',
    title: 'A client whose connection is reset leaves no responses to later ones',
    requirements: ['COR-7', 'COR-1'],
    does: 'As correlation/client-closes, but the connection is reset.',
    transports: ['tcp'],
    drive: (scene) => leaveAndComeBack(scene, 'reset'),
    judges: [lateAnswersAreDropped('COR-7', 3)],
  },
  {
    id: 'correlation/late-to-idle-successor',
    title: 'A connection that only continues a session does not get what its predecessor asked',
    requirements: ['COR-7'],
    does:
      'A client leaves with a request pending; a new connection continues the session without ' +
      'anything pending when the answer comes.',
    transports: sockets,
    async drive(scene) {
      const first = await scene.connect();
      const { probe, frame } = await hold(scene, first, { id: 1, sessionId: 's' });
      first.close();
      const second = await scene.connect();
      await second.echo({ id: 1, sessionId: 's' });
      await probe.reply(frame);
      await second.echo({ id: 2, sessionId: 's' });
    },
    judges: [lateAnswersAreDropped('COR-7')],
  },
  {
    id: 'correlation/leaver-disturbs-nobody',
    title: 'A client that leaves with requests pending disturbs no other',
    requirements: ['COR-7', 'COR-1'],
    does:
      'Three of four clients leave, each with many requests pending at the worker of the fourth, ' +
      'which has some pending itself and sends others meanwhile.',
    transports: sockets,
    async drive(scene) {
      const stays = await scene.connect();
      const own = [];
      for (let n = 0; n < 5; n++) own.push(await hold(scene, stays, { sessionId: `own${n}` }));
      for (let n = 0; n < 3; n++) {
        const leaves = await scene.connect();
        let last = await hold(scene, leaves, { sessionId: `theirs${n}` });
        for (let m = 0; m < 20; m++) leaves.request('probe/hold', { sessionId: `theirs${m}` });
        last = await hold(scene, leaves, { sessionId: `theirs${n}` });
        leaves.close();
        await stays.echo({ sessionId: 'own0' });
        await last.probe.reply(last.frame);
      }
      for (const { probe, frame } of own) await probe.reply(frame);
      for (const call of stays.calls) await call.response();
    },
    judges: [
      lateAnswersAreDropped('COR-7', 3),
      everyRequestIsServed('COR-7', { atLeast: 8, which: ({ place }) => place === 'c1' }),
    ],
  },
  {
    id: 'correlation/half-close',
    title: 'A client that closes only its sending side gets what is pending, and then the end',
    requirements: ['COR-8', 'AFF-8'],
    does:
      'Closes the sending side with requests pending; then the worker sends a notification and ' +
      'answers one request after the other.',
    async drive(scene) {
      const client = await scene.connect();
      const held = [];
      for (let n = 0; n < 4; n++) held.push(await hold(scene, client, { sessionId: `s${n % 2}` }));
      await halfClose(scene, client);
      for (const { probe, frame } of held) {
        await probe.notify('probe/note', {
          sessionId: frame.sessionId,
          params: { of: frame.idJson },
        });
        await probe.reply(frame);
      }
      for (const call of client.calls) await call.response({ requirement: 'COR-8' });
      await client.ended({ requirement: 'COR-8' });
    },
    judges: [halfClosedGetsAllAndTheEnd('COR-8', true), everyRequestIsServed('COR-8')],
  },
  {
    id: 'correlation/half-close-at-once',
    title: 'Requests and the end of the stream in one go are all answered',
    requirements: ['COR-8', 'COR-1'],
    does: 'Writes twenty requests and closes the sending side at once, as `printf … | nc` does.',
    onlyDirectly: 'an adapter tells the bus of a half-close a moment later, when all is answered',
    async drive(scene) {
      const client = await scene.connect();
      const lines = Array.from({ length: 20 }, () => client.prepare('probe/echo').line);
      client.write(`${lines.join('\n')}\n`);
      client.end();
      for (const call of client.calls) await call.response({ requirement: 'COR-8' });
      await client.ended({ requirement: 'COR-8' });
    },
    judges: [
      halfClosedGetsAllAndTheEnd('COR-8', false),
      everyRequestIsServed('COR-8', { atLeast: 20 }),
    ],
  },
  {
    id: 'correlation/half-close-with-nothing',
    title: 'A half-closed connection with nothing pending is ended, and its session lives on',
    requirements: ['COR-8', 'AFF-1'],
    does: 'Closes the sending side of idle connections, and goes on with their sessions on another.',
    transports: sockets,
    config: { pools: [{ id: 'main', instances: 3 }] },
    async drive(scene) {
      const other = await scene.connect();
      await scene.workers();
      for (let n = 0; n < 8; n++) {
        const client = await scene.connect();
        await bind(scene, client, `s${n}`);
        client.end();
        await client.ended({ requirement: 'COR-8' });
      }
      for (let n = 0; n < 8; n++) await other.echo({ sessionId: `s${n}` });
    },
    judges: [halfClosedGetsAllAndTheEnd('COR-8', false)],
  },
];
