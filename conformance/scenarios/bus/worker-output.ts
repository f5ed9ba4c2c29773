import type { BusScenario } from '../../bus-scenario.ts';
import { judgeOf } from '../../judges/facts.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import { strayOutputIsKeptBack } from '../../judges/stray-output.ts';
import type { Scene } from '../../scene/scene.ts';
import { type HeldRequest, hold, release } from './held-request.ts';

const limits = { max_input_buffer: 2048 };
const tooMuch = 'x'.repeat(3000);

/** A scenario with one session on one worker that holds a request, and still answers it at the end. */
function output(
  name: string,
  title: string,
  does: string,
  write: (held: HeldRequest, scene: Scene) => Promise<void>,
): BusScenario {
  return {
    id: `worker-output/${name}`,
    title,
    requirements: ['RST-7'],
    does: `${does} The worker goes on: it answers what it still has, and what comes after.`,
    config: { limits },
    async drive(scene) {
      const client = await scene.connect();
      const held = await hold(scene, client, { sessionId: 's' });
      await write(held, scene);
      await client.echo({ sessionId: 's', requirement: 'RST-7' });
      // It may have got an error by now: then what follows is dropped (COR-5).
      await release(held);
      await client.echo({ sessionId: 's', requirement: 'RST-7' });
    },
    judges: [strayOutputIsKeptBack],
  };
}

/** The same, where what is written takes the place of the response to a request, which gets an error. */
function lostResponse(
  name: string,
  title: string,
  lineFrom: (held: HeldRequest) => string | Buffer,
): BusScenario {
  return output(
    name,
    title,
    'The response of a worker cannot be forwarded: its request gets an error.',
    async ({ client }, scene) => {
      const lost = await hold(scene, client, { sessionId: 's' });
      lost.probe.abandon(lost.frame);
      await lost.probe.write(lineFrom(lost));
      await lost.call.response({ requirement: 'RST-7' });
    },
  );
}

/** Waits until a worker was given an error for a request of its own. */
async function toldOff(scene: Scene, { probe }: HeldRequest, idJson: string): Promise<void> {
  const find = () => probe.received.find((frame) => frame.isError && frame.idJson === idJson);
  await scene.until(`the error for the worker's ${idJson}`, find, { requirement: 'RST-7' });
}

const noFrames: readonly BusScenario[] = [
  output(
    'log-lines',
    'Log lines on the stdout of a worker reach no client',
    'A worker prints lines of text, among them some that look like JSON.',
    ({ probe }) =>
      probe.write(
        'INFO ready\nTraceback (most recent call last):\n{"level":30,"msg":"é"}\n{oops}\n',
      ),
  ),
  output(
    'json-that-is-no-frame',
    'JSON of a worker that is no frame reaches no client',
    'A worker writes numbers, arrays, and objects that are neither request, notification nor response.',
    ({ probe }) =>
      probe.write(
        '42\n"text"\nnull\n[]\n[{"jsonrpc":"2.0","method":"batch","sessionId":"s"}]\n{}\n' +
          '{"jsonrpc":"2.0","method":7,"sessionId":"s"}\n{"jsonrpc":"2.0","result":1}\n' +
          '{"jsonrpc":"2.0","method":"both","sessionId":"s","result":1}\n' +
          '{"jsonrpc":"2.0","id":true,"method":"ask","sessionId":"s"}\n',
      ),
  ),
  output(
    'invalid-utf-8',
    'A line of a worker that is not UTF-8 reaches no client',
    'A worker writes a notification and a response with bytes that are no UTF-8.',
    async ({ probe, frame }) => {
      const notification = '{"jsonrpc":"2.0","method":"bad","sessionId":"s","params":"\xff"}\n';
      const response = probe.responseTo(frame, { result: 'BAD' }).replace('BAD', '\xc3');
      await probe.write(Buffer.from(`${notification}${response}\n`, 'latin1'));
    },
  ),
  output(
    'broken-json',
    'A line of a worker that is cut or goes on too long is no frame',
    'A worker writes a response that is cut in the middle, and a notification with garbage behind it.',
    async ({ probe, frame }) => {
      const response = probe.responseTo(frame, { result: { text: 'whole' } });
      const notification = '{"jsonrpc":"2.0","method":"bad","sessionId":"s"}';
      await probe.write(`${response.slice(0, -2)}\n${notification} garbage\n${notification},\n`);
    },
  ),
  lostResponse(
    'response-with-both',
    'A response with a result and an error is none: its request gets an error',
    ({ frame }) =>
      `{"jsonrpc":"2.0","id":${frame.idJson},"sessionId":"s","result":1,"error":{"code":1,"message":"x"}}\n`,
  ),
  lostResponse(
    'response-with-neither',
    'A response with neither result nor error is none: its request gets an error',
    ({ frame }) => `{"jsonrpc":"2.0","id":${frame.idJson},"sessionId":"s","reslt":1}\n`,
  ),
  output(
    'request-with-result',
    'A worker whose request is no valid frame gets an error for it',
    'A worker writes a line with a method, an id and a result.',
    async (held, scene) => {
      await held.probe.write(
        '{"jsonrpc":"2.0","id":"w1","method":"ask","sessionId":"s","result":1}\n',
      );
      await toldOff(scene, held, '"w1"');
    },
  ),
];

const overlong: readonly BusScenario[] = [
  lostResponse(
    'response-over-limit',
    'A response over the limit is dropped, and its request gets an error',
    ({ probe, frame }) =>
      Buffer.from(`${probe.responseTo(frame, { result: tooMuch })}\n`, 'latin1'),
  ),
  lostResponse(
    'response-over-limit-id-last',
    'The id of a response over the limit is found where it stands last',
    ({ frame }) =>
      `{"jsonrpc":"2.0","result":{"id":0,"text":"${tooMuch}"},"sessionId":"s","id":${frame.idJson}}\n`,
  ),
  output(
    'notification-over-limit',
    'A notification over the limit reaches no client',
    'A worker writes notifications over the limit, one of them with bytes of two.',
    async ({ probe }) => {
      await probe.notify('large', { sessionId: 's', params: { text: tooMuch } });
      await probe.notify('large', { sessionId: 's', params: { text: 'é'.repeat(1500) } });
    },
  ),
  output(
    'request-over-limit',
    'A worker whose request is over the limit gets an error for it',
    'A worker asks the client something that is too long.',
    async (held, scene) => {
      await held.probe.ask('w1', 'approve', { sessionId: 's', params: { text: tooMuch } });
      await toldOff(scene, held, '"w1"');
    },
  ),
  output(
    'request-over-limit-like-pending',
    "A worker's request over the limit is no response, though a request with its id is pending",
    'A worker asks the client something that is too long, under the id of a request that it holds.',
    async (held, scene) => {
      const { idJson = '' } = held.frame;
      const params = { text: tooMuch };
      await held.probe.ask(JSON.parse(idJson), 'approve', { sessionId: 's', params });
      await toldOff(scene, held, idJson);
    },
  ),
  output(
    'garbage-over-limit',
    'A line over the limit without an id answers nobody',
    'A worker writes a megabyte without an LF, then the LF.',
    async ({ probe }) => {
      await probe.write('x'.repeat(64 * 1024), 16);
      await probe.write('\n');
    },
  ),
  {
    id: 'worker-output/limit-edges',
    title: 'Lines of a worker just below the limit pass, and those above do not',
    requirements: ['RST-7', 'FRM-6'],
    does: 'A worker writes responses and notifications of one byte below and one byte above the limit.',
    config: { limits },
    async drive(scene) {
      const client = await scene.connect();
      for (const bytes of [2047, 2049, 2047]) {
        const { probe, frame, call } = await hold(scene, client, { sessionId: 's' });
        probe.abandon(frame);
        const { length } = probe.responseTo(frame, { result: '' });
        const result = 'x'.repeat(bytes - length);
        await probe.write(`${probe.responseTo(frame, { result })}\n`);
        const notification = { jsonrpc: '2.0', method: 'm', sessionId: 's', params: '' };
        const params = 'y'.repeat(bytes - JSON.stringify(notification).length);
        await probe.write(`${JSON.stringify({ ...notification, params })}\n`);
        await call.response({ requirement: bytes < 2048 ? 'FRM-6' : 'RST-7' });
      }
      await client.echo({ sessionId: 's' });
    },
    judges: [
      strayOutputIsKeptBack,
      judgeOf('FRM-6', {
        fault(story) {
          const below = story.workerSent.filter(({ bytes }) => bytes.length === 2047);
          const lost = below.find((line) => !story.receipts.has(line));
          return (
            lost && {
              reason: 'a line of a worker below the limit did not pass',
              expected: 'it reaches the client',
              seen: 'nothing',
              records: [lost.seq],
            }
          );
        },
        floor: (story) =>
          story.workerSent.filter(({ bytes }) => bytes.length === 2047).length === 4
            ? undefined
            : 'not all lines were written',
      }),
    ],
  },
];

const always: readonly BusScenario[] = [
  {
    id: 'worker-output/banner',
    title: 'What a worker prints at each start reaches no client',
    requirements: ['RST-7', 'RST-2'],
    does: 'Every incarnation greets with lines that are no frames. The first one is killed.',
    config: { pools: [{ id: 'main', traits: { greeting: 'Welcome!\n\n[debug] listening\n' } }] },
    async drive(scene) {
      const client = await scene.connect();
      const held = await hold(scene, client, { sessionId: 's' });
      await scene.kill(held.probe);
      await held.call.response({ requirement: 'RST-1' });
      await scene.worker({ incarnation: 2 }, { requirement: 'RST-2' });
      await client.echo({ sessionId: 's' });
    },
    judges: [
      strayOutputIsKeptBack,
      everyRequestIsServed('RST-2', { which: ({ method }) => method === 'probe/echo' }),
    ],
  },
  {
    id: 'worker-output/blank-lines',
    title: 'Blank lines of a worker are ignored',
    requirements: ['FRM-2'],
    does: 'A worker writes empty lines and lines of spaces around its response. Clients get none of them.',
    async drive(scene) {
      const client = await scene.connect();
      const held = await hold(scene, client, { sessionId: 's' });
      await held.probe.write('\n\r\n \t\n');
      await release(held);
      await held.probe.write('\n');
      await client.echo({ sessionId: 's' });
    },
    judges: [
      everyRequestIsServed('FRM-2', { atLeast: 2 }),
      judgeOf('FRM-2', {
        fault(story) {
          const blank = story.clientReceived.find(({ kind }) => kind === 'blank');
          const reason = 'a blank line of a worker reached a client';
          return (
            blank && { reason, expected: 'nothing', seen: 'a blank line', records: [blank.seq] }
          );
        },
      }),
    ],
  },
];

export const workerOutputScenarios: readonly BusScenario[] = [...noFrames, ...overlong, ...always];
