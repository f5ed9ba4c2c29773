import { type BusScenario, sockets } from '../../bus-scenario.ts';
import { fatesAreMet } from '../../judges/fates.ts';
import { hold, questionAt, responseAt, sessionsOnEachWorker } from './bound-sessions.ts';

/** A client's answer to a worker's request. */
function answer(id: number | string, sessionId?: string, result: object = { decision: 'accept' }) {
  return { jsonrpc: '2.0', id, ...(sessionId === undefined ? {} : { sessionId }), result };
}

const ask = 'approval/request';

export const workerRequestScenarios: readonly BusScenario[] = [
  {
    id: 'worker-requests/approval',
    title: "A worker's request reaches the owner of the session, and the answer that worker",
    requirements: ['COR-6', 'FRM-7', 'AFF-8'],
    does: 'Has a worker ask with ids of many spellings, while a request is pending, and answers.',
    async drive(scene) {
      const client = await scene.connect();
      const { probe, frame } = await hold(scene, client, { sessionId: 's' });
      for (const id of ['0', '-3', '"a"', '1.50', '"\\u00e9"', '"é"', '9007199254740993', '""']) {
        const head = `{"jsonrpc":"2.0","id":${id},"sessionId":"s"`;
        await probe.write(`${head},"method":"${ask}","params":{"of":${id}}}\n`);
        const isIt = (each: { idJson?: string; kind: string }) =>
          each.kind === 'request' && each.idJson === id;
        await client.frame(`the worker's request ${id}`, isIt, { requirement: 'COR-6' });
        client.send(`${head},"result":{"decision":${id}}}`);
        await responseAt(scene, probe, id);
      }
      await probe.reply(frame);
    },
  },
  {
    id: 'worker-requests/colliding-ids',
    title: 'Workers that all count from 0 each get the answer to their own question',
    requirements: ['COR-6', 'AFF-8'],
    does:
      'Three workers ask the same client with the ids 0 and 1, each in a session of its own; the ' +
      'client answers in crossed order, by id and session.',
    config: { pools: [{ id: 'main', instances: 3 }] },
    async drive(scene) {
      const client = await scene.connect();
      const sessions = await sessionsOnEachWorker(scene, client, 3);
      for (const id of [0, 1]) {
        for (const { probe, sessionId } of sessions) {
          await probe.ask(id, ask, { sessionId, params: { from: probe.tag } });
          await questionAt(client, id, sessionId);
        }
      }
      for (const id of [1, 0]) {
        for (const { sessionId } of sessions.toReversed()) {
          client.send(answer(id, sessionId, { id, sessionId }));
        }
      }
      for (const { probe } of sessions) {
        for (const id of ['0', '1']) await responseAt(scene, probe, id);
      }
      for (const { sessionId } of sessions) await client.echo({ sessionId });
    },
  },
  {
    id: 'worker-requests/one-id-in-two-sessions',
    title: 'One worker may use one id in two sessions at the same time',
    requirements: ['COR-6'],
    does:
      'A worker asks with the same id in two sessions of one client. An answer without a session ' +
      'fits both and is dropped; answers with their sessions arrive, and so does one without a ' +
      'session once only one question is open.',
    async drive(scene) {
      const client = await scene.connect();
      const first = await hold(scene, client, { sessionId: 'a' });
      await hold(scene, client, { sessionId: 'b' });
      const { probe } = first;
      for (const sessionId of ['a', 'b']) {
        await probe.ask(0, ask, { sessionId, params: { of: sessionId } });
        await questionAt(client, 0, sessionId);
      }
      client.send(answer(0, undefined, { fate: 'dropped' }));
      client.send(answer(0, 'c', { fate: 'dropped' }));
      client.send(answer(0, 'b', { of: 'b' }));
      await responseAt(scene, probe, '0', 1);
      client.send(answer(0, undefined, { of: 'a, without its name' }));
      await responseAt(scene, probe, '0', 2);
      await client.echo({ sessionId: 'a' });
    },
    judges: [fatesAreMet('COR-6', 2)],
  },
  {
    id: 'worker-requests/asked-twice',
    title: 'A worker that asks again under an id that is still open gets an error',
    requirements: ['COR-6'],
    does:
      'A worker asks twice with the same id in the same session; the second is refused with -32600. ' +
      'After the answer the id is free again.',
    async drive(scene) {
      const client = await scene.connect();
      const { probe } = await hold(scene, client, { sessionId: 's' });
      for (const round of [0, 1]) {
        const from = client.received.length;
        await probe.ask(4, ask, { sessionId: 's', params: { round } });
        await client.frame('the question', ({ kind }) => kind === 'request', {
          from,
          requirement: 'COR-6',
        });
        await probe.ask(4, ask, { sessionId: 's', params: { round, fate: '-32600' } });
        await responseAt(scene, probe, '4', 2 * round + 1);
        client.send(answer(4, 's', { round }));
        await responseAt(scene, probe, '4', 2 * round + 2);
      }
      await client.echo({ sessionId: 's' });
    },
    judges: [fatesAreMet('COR-6', 2)],
  },
  {
    id: 'worker-requests/asked-twice-of-two-owners',
    title: 'An open id of a worker cannot be asked of the next owner either',
    requirements: ['COR-6', 'AFF-8'],
    does:
      'A worker asks the owner of a session; another connection takes the session over; the same ' +
      'question to it is refused. The answer of the first still arrives, that of the second does not.',
    transports: sockets,
    async drive(scene) {
      const first = await scene.connect();
      const second = await scene.connect();
      const { probe } = await hold(scene, first, { sessionId: 's' });
      await probe.ask(0, ask, { sessionId: 's', params: { of: 'the first' } });
      await questionAt(first, 0);
      await second.echo({ sessionId: 's' });
      await probe.ask(0, ask, { sessionId: 's', params: { fate: '-32600' } });
      await responseAt(scene, probe, '0', 1);
      second.send(answer(0, 's', { fate: 'dropped' }));
      await second.echo({ sessionId: 's' });
      first.send(answer(0, 's', { of: 'the first' }));
      await responseAt(scene, probe, '0', 2);
      await first.echo({ sessionId: 's' });
    },
    judges: [fatesAreMet('COR-6', 2)],
  },
  {
    id: 'worker-requests/answered-twice',
    title: 'Of two answers to one question the worker gets the first',
    requirements: ['COR-6'],
    does: 'A client answers each question twice, with its session and without, and once unasked.',
    async drive(scene) {
      const client = await scene.connect();
      const { probe } = await hold(scene, client, { sessionId: 's' });
      client.send(answer(77, 's', { fate: 'dropped' }));
      client.send(answer(77, undefined, { fate: 'dropped' }));
      for (const id of [0, 'b']) {
        await probe.ask(id, ask, { sessionId: 's' });
        await questionAt(client, id);
        client.send(answer(id, 's', { nth: 1 }));
        client.send(answer(id, 's', { nth: 2, fate: 'dropped' }));
        client.send(answer(id, undefined, { nth: 3, fate: 'dropped' }));
        await responseAt(scene, probe, JSON.stringify(id));
        await client.echo({ sessionId: 's' });
      }
    },
    judges: [fatesAreMet('COR-6', 6)],
  },
  {
    id: 'worker-requests/error-answer',
    title: "A client's error is an answer like any other",
    requirements: ['COR-6', 'FRM-7'],
    does: 'A client declines a question with an error response.',
    async drive(scene) {
      const client = await scene.connect();
      const { probe } = await hold(scene, client, { sessionId: 's' });
      await probe.ask('q', ask, { sessionId: 's' });
      await questionAt(client, 'q');
      const error = { code: -32001, message: 'not now', data: { é: 1 } };
      client.send({ jsonrpc: '2.0', id: 'q', sessionId: 's', error });
      await responseAt(scene, probe, '"q"');
    },
  },
  {
    id: 'worker-requests/nobody-to-ask',
    title: 'A worker that asks without a session, or of one that has no owner, gets an error',
    requirements: ['COR-6', 'AFF-8'],
    does:
      'A worker asks without a session id and of sessions that nobody has ever used; then it asks ' +
      'the owner of a session, who is there.',
    async drive(scene) {
      const client = await scene.connect();
      const { probe } = await hold(scene, client, { sessionId: 's' });
      const params = { fate: 'error' };
      await probe.ask(0, ask, { params });
      await responseAt(scene, probe, '0');
      await probe.ask('x', ask, { sessionId: 'nobody', params });
      await responseAt(scene, probe, '"x"');
      await probe.ask(0, ask, { sessionId: 's' });
      await questionAt(client, 0);
      client.send(answer(0, 's'));
      await responseAt(scene, probe, '0', 2);
    },
    judges: [fatesAreMet('COR-6', 2)],
  },
];
