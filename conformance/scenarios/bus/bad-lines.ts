import { type BusScenario, sockets } from '../../bus-scenario.ts';
import type { Client } from '../../client/client.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import type { Scene } from '../../scene/scene.ts';
import { broken, notJson, notUtf8, request } from './bad-line-bytes.ts';

type Bytes = string | Buffer;

/** A request on each side of every bad line, on its own connection and on another. */
async function sendEach(
  scene: Scene,
  lines: readonly Bytes[],
  refusal: (client: Client, nth: number) => Promise<unknown>,
): Promise<void> {
  const client = await scene.connect();
  const other = scene.transport === 'stdio' ? client : await scene.connect();
  await client.echo({ sessionId: 's' });
  for (const [index, line] of lines.entries()) {
    client.write(Buffer.concat([Buffer.from(line as string), Buffer.from('\n')]));
    await refusal(client, index + 1);
    await client.echo({ sessionId: 's' });
    await other.echo({ sessionId: 't' });
  }
}

function sendBadLines(scene: Scene, lines: readonly Bytes[]): Promise<void> {
  return sendEach(scene, lines, (client, nth) => client.refusal(nth, { requirement: 'FRM-4' }));
}

/** Sends lines whose answers carry an id or null: waits for as many errors. */
function sendRefusedLines(scene: Scene, lines: readonly Bytes[]): Promise<void> {
  return sendEach(scene, lines, (client, nth) =>
    scene.until(
      `refusal number ${nth}`,
      () => client.received.filter(({ isError }) => isError).length >= nth,
      { requirement: 'FRM-5', isHopeless: () => client.hasEnded },
    ),
  );
}

const deep = (open: string, close: string) => `${open.repeat(100_000)}${close.repeat(100_000)}`;

export const badLineScenarios: readonly BusScenario[] = [
  {
    id: 'framing/not-json',
    title: 'A line that is not exactly one JSON text is refused, and nothing else suffers',
    requirements: ['FRM-4', 'SEC-4'],
    does: 'Sends lines with each common mistake (trailing garbage, two objects, a trailing comma …), each between good requests on its own connection and another.',
    drive: (scene) => sendBadLines(scene, notJson),
    judges: [everyRequestIsServed('FRM-4', { atLeast: notJson.length })],
  },
  {
    id: 'framing/nul-and-byte-order-mark',
    title: 'A NUL byte or a byte order mark makes a line that is not JSON',
    requirements: ['FRM-4', 'SEC-4'],
    does: 'Sends requests with a NUL before, within and after them, and with byte order marks of UTF-8 and UTF-16, each between good requests.',
    drive: (scene) =>
      sendBadLines(scene, [
        `\0${request}`,
        `${request}\0`,
        request.replace('echo', 'ec\0ho'),
        request.replace(',', ',\0'),
        '\0',
        `\ufeff${request}`,
        `${request}\ufeff`,
        '\ufeff',
        Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(request, 'utf16le')]),
      ]),
    judges: [everyRequestIsServed('FRM-4', { atLeast: 9 })],
  },
  {
    id: 'framing/not-utf8',
    title: 'A line that is not valid UTF-8 is refused, also where it is otherwise a request',
    requirements: ['FRM-4', 'SEC-4'],
    does: 'Sends requests that hold stray, cut, overlong and surrogate sequences, each between good requests.',
    drive: (scene) => sendBadLines(scene, notUtf8),
    judges: [everyRequestIsServed('FRM-4', { atLeast: notUtf8.length })],
  },
  {
    id: 'framing/deep-nesting',
    title: 'Nesting of a hundred thousand levels ends nothing and passes where it is JSON',
    requirements: ['FRM-4', 'FRM-5', 'FRM-7', 'SEC-4'],
    does: 'Sends unclosed, wrongly closed and closed nesting of 100,000 levels, and requests whose params are that deep, between good requests.',
    async drive(scene) {
      await sendRefusedLines(scene, [
        '['.repeat(100_000),
        '{"a":'.repeat(100_000),
        deep('[', '}'),
        deep('[', ']'),
        `{"id":"bad","method":"probe/echo","params":${deep('[', ']').slice(1)}}`,
      ]);
      const [client] = scene.clients as [Client];
      for (const params of [deep('[', ']'), `${deep('{"a":', '}').replace('}', '0}')}`]) {
        const { line, call } = client.prepare('probe/deep');
        client.send(line.replace(/"params":.*/, () => `"params":${params}}`));
        await call.response({ requirement: 'FRM-7' });
      }
    },
    judges: [everyRequestIsServed('FRM-4', { atLeast: 7 })],
  },
  {
    id: 'framing/not-an-object',
    title: 'JSON that is no object is refused with -32600, a batch too',
    requirements: ['FRM-5'],
    does: 'Sends numbers, strings, literals, arrays and batches, each between good requests.',
    drive: (scene) =>
      sendRefusedLines(scene, [
        '42',
        '-0.0e1',
        '"text"',
        'null',
        'true',
        '[]',
        `[${request}]`,
        `[${request},${request}]`,
        ' [ ] \r',
      ]),
    judges: [everyRequestIsServed('FRM-5', { atLeast: 9 })],
  },
  {
    id: 'framing/no-frame',
    title:
      'An object that is no request, notification or response is refused with -32600 and its id',
    requirements: ['FRM-5'],
    does: 'Sends objects with each fault of the table of classification, each between good requests.',
    drive: (scene) =>
      sendRefusedLines(scene, [
        '{}',
        '{"id":"a"}',
        '{"jsonrpc":"2.0","params":{}}',
        '{"id":"b","method":7}',
        '{"id":"c","method":null}',
        '{"id":"d","method":["probe/echo"]}',
        '{"id":null,"method":"probe/echo"}',
        '{"id":true,"method":"probe/echo"}',
        '{"id":{},"method":"probe/echo"}',
        '{"id":[1],"method":"probe/echo"}',
        '{"id":"e","method":"probe/echo","result":null}',
        '{"id":"f","method":"probe/echo","error":{}}',
        '{"id":"g","result":1,"error":{}}',
        '{"id":null,"result":1}',
        '{"result":1}',
        '{"error":{}}',
        '{"id":"h","method":"probe/echo","pool":7}',
        '{"id":"i","method":"probe/echo","pool":""}',
        '{"method":"probe/echo","pool":null}',
        '{"method":7}',
      ]),
    judges: [everyRequestIsServed('FRM-5', { atLeast: 20 })],
  },
  {
    id: 'framing/refusal-keeps-id',
    title: 'A refusal carries the id of its line as that was spelled',
    requirements: ['FRM-5', 'FRM-7'],
    does: 'Sends objects without a method, with an id in each spelling of JSON.',
    drive: (scene) =>
      sendRefusedLines(
        scene,
        ['1', '1.0', '1e3', '-0', '9007199254740993', '"1"', '"\\u00e9"', '"é"', '""', '"\\""'].map(
          (id) => `{"jsonrpc":"2.0","id":${id}}`,
        ),
      ),
    judges: [everyRequestIsServed('FRM-7', { atLeast: 10 })],
  },
  {
    id: 'framing/bad-lines-beside-pending',
    title: 'Bad lines cost nobody a pending request',
    requirements: ['FRM-4', 'FRM-5', 'COR-1'],
    does: 'Holds a request while bad lines come on its connection, one of them with its id, and then lets it be answered.',
    async drive(scene) {
      const client = await scene.connect();
      const call = client.request('probe/hold', { id: 'bad' });
      const { probe, frame } = await scene.arrival(call.mark);
      client.write(`${request}x\n{"id":"other"}\n[]\n{\n`);
      await client.refusal(3);
      await client.echo();
      await probe.reply(frame);
      await call.response();
    },
    judges: [everyRequestIsServed('FRM-4', { atLeast: 3 })],
  },
  {
    id: 'framing/bad-lines-cut',
    title: 'A bad line is refused once, however it is cut',
    requirements: ['FRM-3', 'FRM-4'],
    does: 'Writes bad lines byte by byte, several at once, and with a good request in the same write.',
    async drive(scene) {
      const client = await scene.connect();
      const worker = await scene.worker();
      const lines = [Buffer.from('{"id":1,}'), broken([0xe2, 0x28, 0xa1]), Buffer.from('nul\0')];
      const bytes = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
      for (const byte of bytes) {
        client.write(Buffer.from([byte]));
        await worker.sync();
      }
      await client.refusal(3);
      const { line, call } = client.prepare('probe/echo');
      client.write(Buffer.concat([bytes, Buffer.from(`${line}\n`), bytes]));
      await client.refusal(9);
      await call.response({ requirement: 'FRM-3' });
      await client.echo();
    },
    judges: [everyRequestIsServed('FRM-3', { atLeast: 3 })],
  },
  {
    id: 'framing/unterminated-end',
    title: 'Bytes after the last LF at the end of a stream are refused, never forwarded',
    requirements: ['FRM-4', 'COR-8'],
    does: 'Ends connections within a line: within a whole request, half a request, blanks, no JSON; asks on another connection meanwhile.',
    transports: sockets,
    async drive(scene) {
      const other = await scene.connect();
      for (const rest of [request, request.slice(0, 30), ' \r', '\0', '{"id":7}']) {
        const client = await scene.connect();
        await client.echo();
        client.write(rest);
        client.end();
        await client.refusal();
        await client.ended({ requirement: 'COR-8' });
        await other.echo();
      }
    },
    judges: [everyRequestIsServed('FRM-4', { atLeast: 10 })],
  },
  {
    id: 'framing/ten-thousand-bad-lines',
    title: 'Ten thousand bad lines at once get as many refusals, and hold up nobody',
    requirements: ['FRM-4', 'FRM-5', 'SEC-4'],
    does: 'Writes 10,000 bad lines in one piece with a request at their end, and asks on another connection.',
    async drive(scene) {
      const client = await scene.connect();
      const other = scene.transport === 'stdio' ? client : await scene.connect();
      const { line, call } = client.prepare('probe/echo');
      client.write(`${'x\n[]\n'.repeat(5000)}${line}\n`);
      await other.echo();
      await client.refusal(10_000);
      await call.response();
    },
    judges: [everyRequestIsServed('SEC-4', { atLeast: 3 })],
  },
  {
    id: 'framing/noise',
    title: 'Random bytes end nothing',
    requirements: ['FRM-4', 'SEC-4'],
    does: 'Writes 200 lines of random bytes, and requests with random bytes changed, and asks in between.',
    async drive(scene) {
      const client = await scene.connect();
      for (let round = 0; round < 20; round++) {
        client.write(Buffer.concat(Array.from({ length: 10 }, () => noise(scene))));
        await client.echo();
      }
    },
    judges: [everyRequestIsServed('SEC-4', { atLeast: 20 })],
  },
];

/** A line of random bytes that no rule takes for a frame. */
function noise({ random }: Scene): Buffer {
  const bytes = Buffer.from(Array.from({ length: 1 + random.below(200) }, () => random.below(256)));
  return Buffer.concat([Buffer.from('}'), bytes, Buffer.from('\n')]);
}
