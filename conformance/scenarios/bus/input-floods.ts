import { type BusScenario, sockets } from '../../bus-scenario.ts';
import type { Client } from '../../client/client.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import type { Scene } from '../../scene/scene.ts';
import { inTime } from './in-time.ts';

const kibibyte = 1024;

/** Afterwards the bus serves as before. */
const isServedAfter = everyRequestIsServed('SEC-4', {
  which: ({ method }) => method === 'probe/after',
});

async function askAfter(client: Client): Promise<void> {
  await client.request('probe/after', { sessionId: 'after' }).response({ requirement: 'SEC-4' });
}

/** Bytes that ends no bus: SEC-4. */
export const inputFloodScenarios: readonly BusScenario[] = [
  {
    id: 'security/bad-lines',
    title: 'A flood of lines that are no frames does not end the bus',
    requirements: ['SEC-4', 'FRM-4'],
    does: 'Writes 2000 bad lines of several kinds at once, reads their errors, and is served.',
    async drive(scene) {
      const client = await scene.connect();
      const bad = [
        '{',
        '}',
        '[1,',
        'null x',
        '"',
        '{"id":1,}',
        '\0',
        '{"method":"a"',
        'NaN',
        '\ufeff{}',
      ];
      const lines = Array.from({ length: 2000 }, () => scene.random.pick(bad));
      client.write(`${lines.join('\n')}\n`);
      await client.refusal(lines.length, { requirement: 'FRM-4' });
      await askAfter(client);
    },
    judges: [isServedAfter],
  },
  {
    id: 'security/random-bytes',
    title: 'Random bytes do not end the bus',
    requirements: ['SEC-4'],
    does: 'Writes 48 KiB of random bytes from the seed, cut anywhere, and is served.',
    async drive(scene) {
      const client = await scene.connect();
      for (let n = 0; n < 12; n++) client.write(randomBytes(scene, 4 * kibibyte));
      client.write('\n');
      await askAfter(client);
    },
    judges: [isServedAfter],
  },
  {
    id: 'security/deep-nesting',
    title: 'Nesting of any depth within the limit does not end the bus',
    requirements: ['SEC-4'],
    does: 'Sends a request with params that are 200 000 levels deep, and lines of brackets and braces that never close.',
    async drive(scene) {
      const client = await scene.connect();
      const depth = 200_000;
      const { line, call } = client.prepare('probe/deep', { params: { deep: null } });
      client.send(line.replace('null', `${'['.repeat(depth)}${']'.repeat(depth)}`));
      client.send('['.repeat(500_000));
      client.send('{"a":'.repeat(150_000));
      await call.response({ requirement: 'SEC-4' });
      await askAfter(client);
    },
    judges: [isServedAfter],
  },
  {
    id: 'security/many-connections',
    title: 'Clients that come and go in any number do not end the bus',
    requirements: ['SEC-4'],
    does: 'Connects 200 times: leaves at once, in the middle of a line, with a request pending, by a reset, or closes only one side. Another client is served all the while.',
    transports: sockets,
    async drive(scene) {
      const steady = await scene.connect();
      for (let round = 0; round < 10; round++) {
        const clients = await Promise.all(Array.from({ length: 20 }, () => scene.connect()));
        for (const [n, client] of clients.entries()) leave(client, n % 5);
        await askAfter(steady);
      }
      const last = await scene.connect();
      await askAfter(last);
    },
    judges: [isServedAfter],
  },
  {
    id: 'security/worker-floods-garbage',
    title: 'A worker that floods its stdout with garbage ends nothing, and is read on',
    requirements: ['SEC-4', 'RST-7'],
    does: 'A worker writes 4 MiB of lines that are no frames, random bytes and a line over the limit, and answers a request behind them.',
    config: { limits: { max_input_buffer: 65_536 } },
    async drive(scene) {
      const client = await scene.connect();
      const probe = await scene.worker();
      const floods = [
        probe.flood('stdout', `${'no frame '.repeat(400)}\n`, 500),
        probe.flood('stdout', Buffer.concat([randomBytes(scene, 4 * kibibyte), lineFeed]), 250),
        probe.flood('stdout', `${'['.repeat(60_000)}\n`, 10),
        probe.flood('stdout', `${'x'.repeat(80_000)}\n`, 10),
      ];
      const call = client.request('probe/hold', { sessionId: 'after' });
      const { frame } = await scene.arrival(call.mark);
      await inTime(scene, 'the end of the flood', floods, { requirement: 'SEC-4' });
      await probe.reply(frame);
      await call.response({ requirement: 'SEC-4' });
      await askAfter(client);
    },
    judges: [
      isServedAfter,
      everyRequestIsServed('RST-7', { which: ({ method }) => method === 'probe/hold' }),
    ],
  },
];

const lineFeed = Buffer.from('\n');

function randomBytes(scene: Scene, count: number): Buffer {
  return Buffer.from(Array.from({ length: count }, () => scene.random.below(256)));
}

/** One of the ways to leave. */
function leave(client: Client, way: number): void {
  switch (way) {
    case 0:
      client.close();
      break;
    case 1:
      client.write('{"jsonrpc":"2.0","id":1,"met');
      client.close();
      break;
    case 2:
      client.request('probe/hold-gone');
      client.close();
      break;
    case 3:
      client.write('no frame\n{"half');
      client.reset();
      break;
    default:
      client.end();
  }
}
