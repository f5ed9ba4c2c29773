import { type BusScenario, sockets } from '../../bus-scenario.ts';
import type { Call, Client } from '../../client/client.ts';
import type { Judge } from '../../finding.ts';
import type { Line, Story } from '../../history/story.ts';
import { memoryGrowsByAtMost } from '../../judges/memory.ts';
import { closingLinesOf, maxFrameBytesOf } from '../../judges/moments.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import type { Scene } from '../../scene/scene.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

/** A request whose line has this many bytes, its LF excluded. */
function lineOf(client: Client, bytes: number): { line: string; call: Call } {
  const { line, call } = client.prepare('probe/sized', { params: { pad: '' } });
  return { line: line.replace('"pad":""', `"pad":"${'a'.repeat(bytes - line.length)}"`), call };
}

/** As `lineOf`, where nobody can tell whether a response comes. */
function doubtfulLineOf(bytes: number): string {
  const line = '{"jsonrpc":"2.0","id":"doubtful","method":"probe/sized","params":{"pad":""}}';
  return line.replace('"pad":""', `"pad":"${'a'.repeat(bytes - line.length)}"`);
}

/** Sends requests of these sizes, and has a worker answer in lines of the same sizes. */
async function exchange(scene: Scene, client: Client, sizes: readonly number[]): Promise<void> {
  for (const bytes of sizes) {
    const { line, call } = lineOf(client, bytes);
    client.send(line);
    await call.response({ requirement: 'FRM-6' });
    const held = client.request('probe/hold');
    const { probe, frame } = await scene.arrival(held.mark);
    const bare = probe.responseTo(frame, { result: '' }).length;
    await probe.reply(frame, { result: 'a'.repeat(bytes - bare) });
    await held.response({ requirement: 'FRM-6' });
  }
}

/** Sends what is over the limit, and sees what becomes of the connection: it goes on, or ends. */
async function sendOverlong(scene: Scene, client: Client, write: () => unknown): Promise<void> {
  await client.echo();
  write();
  await client.refusal(1, { requirement: 'FRM-6' });
  await goesOnOrEnds(scene, client);
}

async function goesOnOrEnds(scene: Scene, client: Client): Promise<void> {
  const call = client.request('probe/echo');
  await scene.until(
    'an answer, or the end of the connection',
    () => client.hasEnded || client.received.some(({ idJson }) => idJson === call.idJson),
    { requirement: 'FRM-6' },
  );
}

/** Requests below the limit that no line over it came before, on a connection that then ended. */
function isBelowLimit(line: Line, story: Story): boolean {
  if (line.bytes.length >= maxFrameBytesOf(story)) return false;
  const { index = Infinity } = closingLinesOf(story).get(line.place) ?? {};
  return line.index < index;
}

const smallLimit = { limits: { max_input_buffer: KiB } };

/** So much is written before memory counts: what a runtime takes for its buffers, it has by then. */
const firstBytes = 24 * MiB;
/** A bus that keeps the line to itself grows by all of the rest. */
const restBytes = 48 * MiB;
const boundOfGrowth = memoryGrowsByAtMost('FRM-6', 36 * MiB);

/** The rest of the requirement can be seen also where the system shows no memory, or the bus closes the connection at once. */
const memoryIsBounded: Judge = (story) => (story.resources.length < 2 ? [] : boundOfGrowth(story));

export const framingLimitScenarios: readonly BusScenario[] = [
  {
    id: 'framing/64-kib',
    title: 'Frames around 64 KiB pass in both directions',
    requirements: ['FRM-6', 'FRM-7'],
    does: 'Exchanges requests and responses of 64 KiB and one byte less and more, and as many characters of two bytes.',
    async drive(scene) {
      const client = await scene.connect();
      await exchange(scene, client, [64 * KiB - 1, 64 * KiB, 64 * KiB + 1]);
      await client.echo({ params: { text: 'é'.repeat(64 * KiB) } });
    },
    judges: [everyRequestIsServed('FRM-6', { atLeast: 8 })],
  },
  {
    id: 'framing/large-frames',
    title: 'Frames of 256 KiB to just below 1 MiB pass in both directions under the default limit',
    requirements: ['FRM-6', 'FRM-7'],
    does: 'Exchanges requests and responses of 256 KiB, 512 KiB + 1, 1,000,000 bytes and 1 MiB − 1.',
    async drive(scene) {
      const client = await scene.connect();
      await exchange(scene, client, [256 * KiB, 512 * KiB + 1, 1_000_000, MiB - 1]);
    },
    judges: [everyRequestIsServed('FRM-6', { atLeast: 9 })],
  },
  {
    id: 'framing/larger-limit',
    title: 'A larger limit lets larger frames pass',
    requirements: ['FRM-6', 'FRM-7'],
    does: 'With max_input_buffer 3 MiB, exchanges requests and responses of 1 MiB + 1 and 3 MiB − 1.',
    config: { limits: { max_input_buffer: 3 * MiB } },
    async drive(scene) {
      await exchange(scene, await scene.connect(), [MiB + 1, 3 * MiB - 1]);
    },
    judges: [everyRequestIsServed('FRM-6', { atLeast: 5 })],
  },
  {
    id: 'framing/below-limit',
    title: 'Every line below the limit passes, one byte below too',
    requirements: ['FRM-6'],
    does: 'With max_input_buffer 1024, exchanges requests and responses of up to 1023 bytes, and writes many of them at once.',
    config: smallLimit,
    async drive(scene) {
      const client = await scene.connect();
      await exchange(scene, client, [512, 1022, 1023]);
      const requests = Array.from({ length: 20 }, () => lineOf(client, 1023));
      client.write(requests.map(({ line }) => `${line}\n`).join(''));
      for (const { call } of requests) await call.response({ requirement: 'FRM-6' });
    },
    judges: [everyRequestIsServed('FRM-6', { atLeast: 27 })],
  },
  {
    id: 'framing/exact-limit',
    title: 'A line of exactly the limit passes or is refused',
    requirements: ['FRM-6'],
    does: 'With max_input_buffer 1024, sends a request of 1024 bytes, and waits for a response to it or a refusal.',
    config: smallLimit,
    async drive(scene) {
      const client = await scene.connect();
      client.send(doubtfulLineOf(KiB));
      const isAnswer = ({ idJson, isError }: { idJson?: string; isError: boolean }) =>
        idJson === '"doubtful"' || (idJson === undefined && isError);
      await client.frame('a response or a refusal', isAnswer, { requirement: 'FRM-6' });
      await goesOnOrEnds(scene, client);
    },
  },
  {
    id: 'framing/over-limit',
    title: 'A line over the limit is refused and never forwarded, and nobody else notices',
    requirements: ['FRM-6', 'SEC-4'],
    does: 'With max_input_buffer 1024, sends requests of 1025, 4096 and a million bytes on connections of their own, and asks on another before and after.',
    config: smallLimit,
    transports: sockets,
    async drive(scene) {
      const other = await scene.connect();
      for (const bytes of [KiB + 1, 4 * KiB, 1_000_000]) {
        const client = await scene.connect();
        await sendOverlong(scene, client, () => client.send(doubtfulLineOf(bytes)));
        await other.echo();
      }
    },
    judges: [everyRequestIsServed('FRM-6', { atLeast: 6, which: isBelowLimit })],
  },
  {
    id: 'framing/over-default-limit',
    title: 'The default limit is 1 MiB',
    requirements: ['FRM-6', 'CFG-1'],
    does: 'Sends a request of 1 MiB + 1 bytes to a bus whose configuration names no limit.',
    async drive(scene) {
      const client = await scene.connect();
      await sendOverlong(scene, client, () => client.send(doubtfulLineOf(MiB + 1)));
    },
    judges: [everyRequestIsServed('CFG-1', { which: isBelowLimit })],
  },
  {
    id: 'framing/over-limit-in-pieces',
    title: 'A line over the limit is one refusal, however it is cut',
    requirements: ['FRM-6', 'FRM-3'],
    does: 'With max_input_buffer 1024, writes a line of 3000 bytes in pieces of 1, 7 and 1000 bytes, whose end looks like a frame.',
    config: smallLimit,
    async drive(scene) {
      const client = await scene.connect();
      const worker = await scene.worker();
      await client.echo();
      const line = Buffer.from(
        `${'x'.repeat(2900)}{"jsonrpc":"2.0","id":"in","method":"probe/echo"}\n`,
      );
      const sizes = [1, 7, 1000];
      for (let at = 0, n = 0; at < line.length; n++) {
        const size = at > 1000 && at < 1040 ? 1 : (sizes[n % 3] as number);
        client.write(line.subarray(at, at + size));
        at += size;
        await worker.sync();
      }
      await client.refusal(1, { requirement: 'FRM-6' });
      await goesOnOrEnds(scene, client);
    },
    judges: [everyRequestIsServed('FRM-3', { which: isBelowLimit })],
  },
  {
    id: 'framing/over-limit-and-frames-in-one-write',
    title: 'A frame before a line over the limit, in the same write, is not lost with it',
    requirements: ['FRM-6'],
    does: 'With max_input_buffer 1024, writes a request and a line of 2000 bytes in one piece.',
    config: smallLimit,
    async drive(scene) {
      const client = await scene.connect();
      const before = client.prepare('probe/echo');
      client.write(`${before.line}\n${doubtfulLineOf(2000)}\n`);
      await client.refusal(1, { requirement: 'FRM-6' });
      await goesOnOrEnds(scene, client);
    },
  },
  {
    id: 'framing/over-limit-beside-pending',
    title: 'A line over the limit leaves other connections with their pending requests alone',
    requirements: ['FRM-6', 'COR-1'],
    does: 'With max_input_buffer 1024, holds a request of one connection while another sends a line over the limit.',
    config: smallLimit,
    transports: sockets,
    async drive(scene) {
      const client = await scene.connect();
      const call = client.request('probe/hold');
      const { probe, frame } = await scene.arrival(call.mark);
      const other = await scene.connect();
      await sendOverlong(scene, other, () => other.write(`${'['.repeat(5000)}\n`));
      await probe.reply(frame);
      await call.response();
    },
    judges: [everyRequestIsServed('COR-1', { atLeast: 3, which: isBelowLimit })],
  },
  {
    id: 'framing/worker-line-over-limit',
    title:
      "A worker's line over the limit reaches nobody; the request gets an error and the worker goes on",
    requirements: ['RST-7', 'COR-1'],
    does: 'With max_input_buffer 1024, answers a request with a line of 2000 bytes, and then another with 1023.',
    config: smallLimit,
    async drive(scene) {
      const client = await scene.connect();
      const call = client.request('probe/hold');
      const { probe, frame } = await scene.arrival(call.mark);
      await probe.reply(frame, { result: 'a'.repeat(2000) });
      await call.response({ requirement: 'RST-7' });
      await exchange(scene, client, [1023]);
    },
    judges: [everyRequestIsServed('RST-7', { atLeast: 2, which: ({ idJson }) => idJson !== '2' })],
  },
  {
    id: 'framing/late-line-feed',
    title: 'A line whose LF comes late, or never, takes no memory',
    requirements: ['FRM-6'],
    does: 'With max_input_buffer 64 KiB, writes 72 MiB without an LF, watches the memory of the bus over the last 48 of them, and then sends the LF.',
    config: { limits: { max_input_buffer: 64 * KiB } },
    async drive(scene) {
      const client = await scene.connect();
      const worker = await scene.worker();
      const piece = Buffer.alloc(256 * KiB, 'a');
      for (let sent = 0; sent < firstBytes + restBytes && !client.hasEnded; sent += piece.length) {
        if (!client.write(piece)) await client.drained();
        // A bus that closes the connection is heard before what it does not read resets it.
        if (sent < MiB) await worker.sync();
        if (sent >= firstBytes && sent % (4 * MiB) === 0) scene.measure();
      }
      await client.refusal(1, { requirement: 'FRM-6' });
      scene.measure();
      client.write('\n');
      await goesOnOrEnds(scene, client);
    },
    judges: [memoryIsBounded],
  },
];
