import { type BusScenario, sockets } from '../../bus-scenario.ts';
import type { Call, Client } from '../../client/client.ts';
import { hellosAreAnswered } from '../../judges/hello.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';

/** Sends a request with these params: without a mark, as a client does. */
export function hello(client: Client, params: unknown, sessionId?: string): Call {
  const { line, call } = client.prepare('stdio_bus/hello', {
    ...(sessionId === undefined ? {} : { sessionId }),
  });
  const frame = JSON.parse(line);
  client.send({ ...frame, params });
  return call;
}

const serves = everyRequestIsServed('EXT-1', {
  which: ({ method }) => method?.startsWith('probe/ask') === true,
});

const badParams: readonly unknown[] = [
  undefined,
  {},
  [],
  { protocolVersion: 1 },
  { protocolVersion: '1', extensions: [] },
  { protocolVersion: '1', extensions: { stats: { required: 'yes' } } },
];

export const helloScenarios: readonly BusScenario[] = [
  {
    id: 'hello/answer',
    title: 'A hello is answered with a version, a session id and what was asked for',
    requirements: ['EXT-1'],
    does: 'Asks for extensions that there are and for one that nobody has, and uses the session id that comes back.',
    async drive(scene) {
      const client = await scene.connect();
      const extensions = {
        hello: {},
        stats: { version: '1' },
        'session-lost': { version: '1.0', required: false },
        teleport: { version: '1' },
      };
      const { json } = await hello(client, { protocolVersion: '1', extensions }).response();
      const { sessionId } = json?.result ?? {};
      if (typeof sessionId === 'string')
        await client.request('probe/ask', { sessionId }).response();
    },
    judges: [hellosAreAnswered(), serves],
  },
  {
    id: 'hello/versions',
    title: 'The version is negotiated within its major number',
    requirements: ['EXT-1'],
    does: 'Says hello with several versions of the protocol and of an extension, the same, newer and of another major number.',
    async drive(scene) {
      const client = await scene.connect();
      for (const protocolVersion of ['1', '1.0', '1.7', '2', '2.1', '0.1.0', 'x']) {
        await hello(client, { protocolVersion }).response();
      }
      for (const version of ['1', '1.3', '2']) {
        const extensions = { hello: { version } };
        await hello(client, { protocolVersion: '1', extensions }).response();
      }
      await client.request('probe/ask').response();
    },
    judges: [hellosAreAnswered(10), serves],
  },
  {
    id: 'hello/refusals',
    title: 'A hello that cannot be met or does not fit is refused, and the connection goes on',
    requirements: ['EXT-1'],
    does: 'Requires an extension that nobody has, one in a version that nobody has, and sends params that do not fit.',
    async drive(scene) {
      const client = await scene.connect();
      for (const extensions of [
        { teleport: { required: true } },
        { hello: { version: '2', required: true } },
      ]) {
        await hello(client, { protocolVersion: '1', extensions }).response();
      }
      for (const params of badParams) await hello(client, params).response();
      await hello(client, { protocolVersion: '1' }).response();
      await client.request('probe/ask').response();
    },
    judges: [hellosAreAnswered(9), serves],
  },
  {
    id: 'hello/any-time',
    title: 'A hello is answered at any time: with requests pending, twice, with a session id',
    requirements: ['EXT-1'],
    does: 'Says hello twice while a request is pending, with the id of its session and without.',
    async drive(scene) {
      const client = await scene.connect();
      const call = client.request('probe/hold-ask', { sessionId: 's1' });
      await scene.arrival(call.mark);
      await hello(client, { protocolVersion: '1' }).response();
      await hello(client, { protocolVersion: '1' }, 's1').response();
      await hello(client, { protocolVersion: '1' }, 'another').response();
      const { probe, frame } = await scene.arrival(call.mark);
      await probe.reply(frame);
      await call.response();
      await client.request('probe/ask', { sessionId: 's1' }).response();
    },
    judges: [
      hellosAreAnswered(3),
      everyRequestIsServed('EXT-1', { atLeast: 2, which: ({ method }) => method !== 'probe/echo' }),
    ],
  },
  {
    id: 'hello/notification',
    title: 'A hello without an id is dropped',
    requirements: ['EXT-1', 'COR-4'],
    does: 'Sends hello and stats as notifications, and then a request: only that is answered.',
    async drive(scene) {
      const client = await scene.connect();
      client.send({ jsonrpc: '2.0', method: 'stdio_bus/hello', params: { protocolVersion: '1' } });
      client.send({ jsonrpc: '2.0', method: 'stdio_bus/hello', sessionId: 's1' });
      await hello(client, { protocolVersion: '1' }).response();
      await client.request('probe/ask', { sessionId: 's1' }).response();
    },
    judges: [
      hellosAreAnswered(),
      serves,
      everyRequestIsServed('COR-4', { which: ({ method }) => method === 'probe/ask' }),
    ],
  },
  {
    id: 'hello/changes-no-owner',
    title: 'A hello with the session id of another client takes nothing away from it',
    requirements: ['EXT-1', 'AFF-8'],
    does: "One client says hello with the id of another's session. What the worker then says of it goes to the one that asked in it.",
    transports: sockets,
    async drive(scene) {
      const [owner, other] = [await scene.connect(), await scene.connect()];
      await owner.echo({ sessionId: 's1' });
      await hello(other, { protocolVersion: '1' }, 's1').response();
      await hello(owner, { protocolVersion: '1' }).response();
      const probe = await scene.worker();
      await probe.notify('probe/news', { sessionId: 's1' });
      await owner.request('probe/ask', { sessionId: 's1' }).response();
      await other.request('probe/ask-else').response();
    },
    judges: [hellosAreAnswered(2), serves],
  },
];
