import { type BusScenario, sockets } from '../../bus-scenario.ts';
import { fatesAreMet } from '../../judges/fates.ts';
import type { Scene } from '../../scene/scene.ts';
import { bind, hold, questionAt, responseAt } from './bound-sessions.ts';

const ask = 'approval/request';

/** The owner goes before it has answered: the worker that waits for it gets an error. */
async function goUnanswered(scene: Scene, how: 'close' | 'reset' | 'end'): Promise<void> {
  const bystander = await scene.connect();
  const owner = await scene.connect();
  const { probe } = await hold(scene, owner, { sessionId: 's' });
  for (const id of [0, 1]) {
    await probe.ask(id, ask, { sessionId: 's', params: { id } });
    await questionAt(owner, id);
  }
  owner[how]();
  for (const id of ['0', '1']) await responseAt(scene, probe, id);
  // From now on there is nobody to ask.
  await probe.ask(2, ask, { sessionId: 's', params: { fate: 'error' } });
  await responseAt(scene, probe, '2');
  await bystander.echo({ sessionId: 'by' });
  await probe.releaseAll();
}

/** A worker is lost with a question open, and its slot has its next incarnation. */
async function loseTheAsker(scene: Scene) {
  const client = await scene.connect();
  const { probe: lost } = await bind(scene, client, 's');
  await lost.ask(0, ask, { sessionId: 's', params: { of: 'the lost one' } });
  await questionAt(client, 0);
  await scene.kill(lost);
  await scene.worker({ incarnation: 2 });
  const { probe } = await bind(scene, client, 's');
  return { client, probe };
}

export const unansweredQuestionScenarios: readonly BusScenario[] = [
  {
    id: 'worker-requests/owner-closes',
    title: 'A worker gets an error when the owner leaves before it has answered',
    requirements: ['COR-6'],
    does: 'The owner of a session closes its connection with two questions open.',
    transports: sockets,
    drive: (scene) => goUnanswered(scene, 'close'),
    judges: [fatesAreMet('COR-6', 1)],
  },
  {
    id: 'worker-requests/owner-is-cut-off',
    title: 'A worker gets an error when the connection of the owner is reset',
    requirements: ['COR-6'],
    does: 'As worker-requests/owner-closes, but the connection is reset.',
    transports: ['tcp'],
    drive: (scene) => goUnanswered(scene, 'reset'),
    judges: [fatesAreMet('COR-6', 1)],
  },
  {
    id: 'worker-requests/owner-half-closes',
    title: 'A worker gets an error when the owner closes its sending side, and from then on',
    requirements: ['COR-6', 'COR-8'],
    does: 'The owner, with a request pending, closes its sending side with two questions open.',
    transports: sockets,
    drive: (scene) => goUnanswered(scene, 'end'),
    judges: [fatesAreMet('COR-6', 1), fatesAreMet('COR-8', 1)],
  },
  {
    id: 'worker-requests/successor-answers',
    title: 'A question is not answered by who owns the session after the one that was asked',
    requirements: ['COR-6', 'COR-7'],
    does:
      'The owner is asked and leaves; the worker gets an error. A new connection continues the ' +
      'session and answers the old question; then it is asked itself, with the same id.',
    transports: sockets,
    async drive(scene) {
      const first = await scene.connect();
      const { probe } = await bind(scene, first, 's');
      await probe.ask(0, ask, { sessionId: 's', params: { of: 'the first' } });
      await questionAt(first, 0);
      first.close();
      await responseAt(scene, probe, '0', 1);
      const second = await scene.connect();
      await second.echo({ sessionId: 's' });
      const late = { result: { fate: 'dropped' } };
      second.send({ jsonrpc: '2.0', id: 0, sessionId: 's', ...late });
      await second.echo({ sessionId: 's' });
      await probe.ask(0, ask, { sessionId: 's', params: { of: 'the second' } });
      await questionAt(second, 0);
      second.send({ jsonrpc: '2.0', id: 0, sessionId: 's', result: { from: 'the second' } });
      await responseAt(scene, probe, '0', 2);
      await second.echo({ sessionId: 's' });
    },
    judges: [fatesAreMet('COR-6', 1), fatesAreMet('COR-7', 1)],
  },
  {
    id: 'worker-requests/asker-is-lost',
    title: 'The answer to a lost worker never reaches its next incarnation',
    requirements: ['COR-6', 'RST-4'],
    does:
      'A worker is killed with a question open. The client answers when the next incarnation has ' +
      'the session; then that asks with the same id, and is answered.',
    async drive(scene) {
      const { client, probe } = await loseTheAsker(scene);
      const result = { fate: 'dropped' };
      client.send({ jsonrpc: '2.0', id: 0, sessionId: 's', result });
      await client.echo({ sessionId: 's' });
      await probe.ask(0, ask, { sessionId: 's', params: { of: 'the next' } });
      await scene.until(
        'the second question',
        () => client.received.filter(({ kind }) => kind === 'request')[1],
        { requirement: 'COR-6' },
      );
      client.send({ jsonrpc: '2.0', id: 0, sessionId: 's', result: { from: 'the client' } });
      await responseAt(scene, probe, '0');
      await client.echo({ sessionId: 's' });
    },
    judges: [fatesAreMet('COR-6', 1)],
  },
  {
    id: 'worker-requests/id-of-a-lost-asker',
    title: 'The open question of a lost worker keeps its id taken until it is answered',
    requirements: ['COR-6'],
    does:
      'A worker is killed with a question open; its next incarnation asks with the same id in the ' +
      'same session, and is refused with -32600 instead of getting the answer that is not for it.',
    async drive(scene) {
      const { client, probe } = await loseTheAsker(scene);
      await probe.ask(0, ask, { sessionId: 's', params: { fate: '-32600' } });
      await responseAt(scene, probe, '0', 1);
      const result = { fate: 'dropped' };
      client.send({ jsonrpc: '2.0', id: 0, sessionId: 's', result });
      await client.echo({ sessionId: 's' });
    },
    judges: [fatesAreMet('COR-6', 2)],
  },
];
