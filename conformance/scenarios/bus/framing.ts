import { type BusScenario, sockets } from '../../bus-scenario.ts';
import type { Call, Client } from '../../client/client.ts';
import { blankLinesAreIgnored } from '../../judges/blank-lines.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import type { Scene } from '../../scene/scene.ts';

const blankLines = ['', '\r', ' ', '\t', ' \t \r', '\r\r\r', '   ', '\t\r '] as const;

/** Characters of two, three and four bytes, and escapes: of one character, of a pair, of signs. */
const oddText = 'é€😀 "\\ \n \u2028';
const escapes = '"\\u00e9\\ud83d\\ude00\\"\\\\\\/\\n"';

/** Gives the bus a turn: what was written is read before what is written next, most of the time. */
async function giveTurn(scene: Scene): Promise<void> {
  const worker = await scene.worker();
  await worker.sync();
}

/** Writes bytes in pieces that end at these places, with a turn after each. */
async function writeCut(
  scene: Scene,
  client: Client,
  { bytes, ends }: { bytes: Buffer; ends: readonly number[] },
): Promise<void> {
  let start = 0;
  for (const end of [...ends, bytes.length]) {
    client.write(bytes.subarray(start, end));
    start = end;
    await giveTurn(scene);
  }
}

/** A line of a request whose params hold this JSON. */
function lineWith(client: Client, textJson: string): { bytes: Buffer; call: Call } {
  const { line, call } = client.prepare('probe/echo', { params: { text: 0 } });
  return { bytes: Buffer.from(`${line.replace('"text":0', `"text":${textJson}`)}\r\n`), call };
}

/** Every place within a part of the bytes. */
function placesIn(bytes: Buffer, part: string): number[] {
  const start = bytes.indexOf(part);
  return Array.from({ length: Buffer.byteLength(part) }, (_, index) => start + index);
}

/** Sends the same request once for each place, cut there. */
async function cutAtEach(scene: Scene, textJson: string, part: string): Promise<void> {
  const client = await scene.connect();
  const { bytes: model, call } = lineWith(client, textJson);
  client.write(model);
  await call.response();
  for (const place of placesIn(model, part)) {
    const { bytes, call } = lineWith(client, textJson);
    await writeCut(scene, client, { bytes, ends: [place + bytes.length - model.length] });
    await call.response({ requirement: 'FRM-3' });
  }
}

export const framingScenarios: readonly BusScenario[] = [
  {
    id: 'framing/whitespace',
    title: 'Spaces, tabs and a CR around a frame are accepted',
    requirements: ['FRM-1', 'FRM-7'],
    does: 'Sends requests with JSON whitespace around them, and asks for each that it is served.',
    async drive(scene) {
      const client = await scene.connect();
      for (const [before, after] of [
        ['', '\r'],
        [' \t', ' '],
        ['\r', '\t\r'],
        ['   \t\t', '\r\r'],
      ]) {
        const { line, call } = client.prepare('probe/echo', { params: { text: 'é' } });
        client.write(`${before}${line}${after}\n`);
        await call.response({ requirement: 'FRM-1' });
      }
    },
    judges: [everyRequestIsServed('FRM-1', { atLeast: 5 })],
  },
  {
    id: 'framing/raw-unicode',
    title: 'Raw UTF-8 of any length of sequence is accepted, with odd signs that are no line ends',
    requirements: ['FRM-1', 'FRM-7'],
    does: 'Sends requests that hold U+0085, U+2028, U+FEFF, U+0000 as an escape, noncharacters and four-byte characters, unescaped where JSON allows it.',
    async drive(scene) {
      const client = await scene.connect();
      for (const text of ['\u0085\u2028\u2029', '\ufeff\uffff\u{10ffff}', '\u007f\u0080', '\0']) {
        await client.echo({ params: { text }, sessionId: `s${text}` });
      }
    },
    judges: [everyRequestIsServed('FRM-1', { atLeast: 5 })],
  },
  {
    id: 'framing/blank-lines',
    title: 'Blank lines of every form are ignored between frames',
    requirements: ['FRM-2'],
    does: 'Sends each form of a blank line before a request, every one in a write of its own.',
    async drive(scene) {
      const client = await scene.connect();
      for (const blank of blankLines) {
        client.write(`${blank}\n`);
        await client.echo({ requirement: 'FRM-2' });
      }
    },
    judges: [blankLinesAreIgnored, everyRequestIsServed('FRM-2', { atLeast: blankLines.length })],
  },
  {
    id: 'framing/blank-lines-together',
    title: 'Blank lines and frames that come in one read are told apart',
    requirements: ['FRM-2', 'FRM-3'],
    does: 'Writes requests with all forms of blank lines before, between and after them in one piece, and then a thousand blank lines and a request.',
    async drive(scene) {
      const client = await scene.connect();
      const blanks = blankLines.map((blank) => `${blank}\n`).join('');
      const requests = Array.from({ length: 4 }, () => client.prepare('probe/echo'));
      client.write(`${blanks}${requests.map(({ line }) => `${line}\n${blanks}`).join('')}`);
      for (const { call } of requests) await call.response({ requirement: 'FRM-2' });
      const last = client.prepare('probe/echo');
      client.write(`${'\r\n'.repeat(1000)}${last.line}\n`);
      await last.call.response({ requirement: 'FRM-2' });
    },
    judges: [blankLinesAreIgnored, everyRequestIsServed('FRM-3', { atLeast: 6 })],
  },
  {
    id: 'framing/only-blank-lines',
    title: 'A connection that sends blank lines only gets nothing, and its end',
    requirements: ['FRM-2'],
    does: 'Sends blank lines and closes the sending side; asks on another connection meanwhile.',
    transports: sockets,
    async drive(scene) {
      const client = await scene.connect();
      const silent = await scene.connect();
      silent.write('\n \n\r\n');
      await client.echo();
      silent.end();
      await silent.ended({ requirement: 'COR-8' });
      client.write('\n');
      await client.echo();
    },
    judges: [blankLinesAreIgnored],
  },
  {
    id: 'framing/byte-by-byte',
    title: 'Frames that come byte by byte are the same frames',
    requirements: ['FRM-3', 'FRM-7'],
    does: 'Writes two requests with characters of several bytes, one byte in each write.',
    async drive(scene) {
      const client = await scene.connect();
      for (const textJson of [JSON.stringify(oddText), escapes]) {
        const { bytes, call } = lineWith(client, textJson);
        await writeCut(scene, client, { bytes, ends: [...bytes.keys()].slice(1) });
        await call.response({ requirement: 'FRM-3' });
      }
    },
    judges: [everyRequestIsServed('FRM-3', { atLeast: 3 })],
  },
  {
    id: 'framing/many-in-one-write',
    title: 'Many frames in one write are as many frames, in order',
    requirements: ['FRM-3', 'AFF-2'],
    does: 'Writes 200 requests of one session in one piece.',
    async drive(scene) {
      const client = await scene.connect();
      const requests = Array.from({ length: 200 }, () =>
        client.prepare('probe/echo', { sessionId: 's' }),
      );
      client.write(requests.map(({ line }) => `${line}\n`).join(''));
      for (const { call } of requests) await call.response({ requirement: 'FRM-3' });
    },
    judges: [everyRequestIsServed('FRM-3', { atLeast: 200 })],
  },
  {
    id: 'framing/tail-and-head',
    title: 'One read that holds the end of a frame, a whole one and the beginning of a third',
    requirements: ['FRM-3'],
    does: 'Writes three requests in two pieces, the first cut within the first, the second within the third.',
    async drive(scene) {
      const client = await scene.connect();
      const requests = Array.from({ length: 3 }, () => client.prepare('probe/echo'));
      const bytes = Buffer.from(requests.map(({ line }) => `${line}\n`).join(''));
      await writeCut(scene, client, { bytes, ends: [20, bytes.length - 20] });
      for (const { call } of requests) await call.response({ requirement: 'FRM-3' });
    },
    judges: [everyRequestIsServed('FRM-3', { atLeast: 4 })],
  },
  {
    id: 'framing/cut-in-utf8',
    title: 'A frame may be cut within the bytes of a character',
    requirements: ['FRM-3', 'FRM-7'],
    does: 'Sends the same request cut at every place within characters of two, three and four bytes.',
    drive: (scene) => cutAtEach(scene, '"é€😀"', 'é€😀'),
    judges: [everyRequestIsServed('FRM-3', { atLeast: 10 })],
  },
  {
    id: 'framing/cut-in-escape',
    title: 'A frame may be cut within an escape',
    requirements: ['FRM-3', 'FRM-7'],
    does: 'Sends the same request cut at every place within escapes of characters, pairs and signs.',
    drive: (scene) => cutAtEach(scene, escapes, escapes),
    judges: [everyRequestIsServed('FRM-3', { atLeast: 20 })],
  },
  {
    id: 'framing/cut-between-cr-and-lf',
    title: 'A frame may be cut at its end: before the CR, before the LF',
    requirements: ['FRM-3'],
    does: 'Sends the same request cut before, between and after CR and LF.',
    drive: (scene) => cutAtEach(scene, '0', '}\r\n'),
    judges: [everyRequestIsServed('FRM-3', { atLeast: 4 })],
  },
  {
    id: 'framing/cut-in-routing-members',
    title: 'A frame may be cut within its id, its method and the names of its members',
    requirements: ['FRM-3', 'FRM-7'],
    does: 'Sends the same request cut at every place of its beginning, where its id and method are.',
    drive: (scene) => cutAtEach(scene, '0', '{"jsonrpc":"2.0","id":1,"method":"probe'),
    judges: [everyRequestIsServed('FRM-3', { atLeast: 30 })],
  },
  {
    id: 'framing/cut-with-others-between',
    title: 'A frame that comes in many pieces is not mixed up with those of other connections',
    requirements: ['FRM-3', 'FRM-7'],
    does: 'Writes one request on each of three connections in turn, piece by piece, and whole requests on a fourth in between.',
    transports: sockets,
    async drive(scene) {
      const other = await scene.connect();
      const slow = await Promise.all([scene.connect(), scene.connect(), scene.connect()]);
      const requests = slow.map((client) => ({ client, ...lineWith(client, '"é€😀"') }));
      const longest = Math.max(...requests.map(({ bytes }) => bytes.length));
      for (let at = 0; at < longest; at += 7) {
        for (const { client, bytes } of requests) {
          if (at < bytes.length) client.write(bytes.subarray(at, at + 7));
        }
        await other.echo({ requirement: 'FRM-3' });
      }
      for (const { call } of requests) await call.response({ requirement: 'FRM-3' });
    },
    judges: [everyRequestIsServed('FRM-3', { atLeast: 10 })],
  },
  {
    id: 'framing/worker-output-cut',
    title: "A worker's frames may be cut and joined as well",
    requirements: ['FRM-3', 'FRM-7'],
    does: 'Answers a request byte by byte with characters of several bytes, and then three requests in one write that ends within the third answer.',
    async drive(scene) {
      const client = await scene.connect();
      const single = client.request('probe/hold', { sessionId: 's' });
      const { probe, frame } = await scene.arrival(single.mark);
      probe.abandon(frame);
      const line = `${probe.responseTo(frame, { result: { text: oddText } })}\r\n`;
      for (const byte of Buffer.from(line, 'latin1')) await probe.write(Buffer.from([byte]));
      await single.response({ requirement: 'FRM-3' });
      const calls = [1, 2, 3].map(() => client.request('probe/hold', { sessionId: 's' }));
      const lines: string[] = [];
      for (const { mark } of calls) {
        const held = await scene.arrival(mark);
        probe.abandon(held.frame);
        lines.push(`${probe.responseTo(held.frame, { result: { text: oddText } })}\n`);
      }
      const bytes = Buffer.from(lines.join(''), 'latin1');
      await probe.write(bytes.subarray(0, -9));
      await calls[1]?.response({ requirement: 'FRM-3' });
      await probe.write(bytes.subarray(-9));
      for (const call of calls) await call.response({ requirement: 'FRM-3' });
    },
    judges: [everyRequestIsServed('FRM-3', { atLeast: 5 })],
  },
];
