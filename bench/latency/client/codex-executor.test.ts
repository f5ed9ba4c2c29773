import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import t, { type Test } from 'tap';
import { WebSocketServer } from 'ws';
import { closePeer, connectPeer } from './connect-peer.ts';
import { oneShot } from './one-shot.ts';
import { smallRequest } from './small-request.ts';

t.setTimeout(60_000);

interface Frame {
  readonly id?: number;
  readonly method: string;
  readonly params: {
    readonly processId: string;
    readonly argv: string[];
    readonly afterSeq: number;
  };
}

interface ExecutorOptions {
  /** As older ones: no verdict at the exit, and no number at the closing. */
  readonly isOld?: boolean;
  /** An event that is not sent. */
  readonly lostSeq?: number;
}

/** An executor in the codex dialect on a WebSocket, with all that it was sent. */
async function startExecutor(t: Test, { isOld = false, lostSeq = 0 }: ExecutorOptions = {}) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  t.teardown(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  const seen: Frame[] = [];
  server.on('connection', (socket) => {
    const chunks: { seq: number; stream: string; chunk: string }[] = [];
    const waiting: (() => void)[] = [];
    let seq = 0;
    let exitCode: number | null = null;
    let isClosed = false;
    const send = (frame: object) => socket.send(JSON.stringify(frame));
    const event = (method: string, processId: string, members: object) => {
      seq += 1;
      if (seq !== lostSeq) send({ method, params: { processId, seq, ...members } });
      for (const answer of waiting.splice(0)) answer();
    };
    const starts = ({ id, params: { processId, argv } }: Frame) => {
      const [command = '', ...args] = argv;
      const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
      send({ id, result: { processId } });
      child.stdout.on('data', (bytes: Buffer) => {
        const chunk = { stream: 'stdout', chunk: bytes.toString('base64') };
        chunks.push({ seq: seq + 1, ...chunk });
        event('process/output', processId, chunk);
      });
      child.on('close', (code) => {
        exitCode = code;
        event('process/exited', processId, {
          exitCode,
          ...(isOld ? {} : { sandboxDenied: false }),
        });
        isClosed = true;
        event('process/closed', processId, isOld ? { seq: undefined } : {});
      });
    };
    const reads = (frame: Frame) => {
      const { id, params } = frame;
      const fresh = chunks.filter((chunk) => chunk.seq > params.afterSeq);
      if (fresh.length === 0 && !isClosed) return void waiting.push(() => reads(frame));
      const nextSeq = (fresh.at(-1)?.seq ?? seq) + 1;
      const exited = exitCode !== null;
      send({ id, result: { chunks: fresh, nextSeq, exited, exitCode, closed: isClosed } });
    };
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame;
      seen.push(frame);
      if (frame.method === 'process/start') starts(frame);
      else if (frame.method === 'process/read') reads(frame);
      else if (frame.id !== undefined) send({ id: frame.id, result: { running: false } });
    });
  });
  const { port } = server.address() as AddressInfo;
  const connect = () => connectPeer({ address: `ws://127.0.0.1:${port}/`, dialect: 'codex' });
  return { connect, seen };
}

const command = { argv: ['sh', '-c', 'echo hello; exit 3'], cwd: '/' };

t.test('an executor on a WebSocket is spoken to in its dialect', async (t) => {
  const { connect, seen } = await startExecutor(t);
  for (const mode of ['events', 'read'] as const) {
    const { peer, time } = await connect();
    const names = new Set(time.spans.map(({ name }) => name));
    t.same([...names], ['registration', 'connect', 'upgrade', 'initialise', 'ready']);
    await smallRequest(peer);
    const { result } = await oneShot(peer, command, mode);
    t.match(result, { outputBytes: 6, exitCode: 3 });
    if (mode === 'events') t.equal(result.reads, 0);
    else t.ok(result.reads >= 2, 'one read for the output, one for the end');
    await closePeer(peer);
  }
  t.same(
    seen.slice(0, 3).map(({ method }) => method),
    ['initialize', 'initialized', 'process/terminate'],
  );
  t.match(seen[0], { params: { clientName: 'stdio-bus-kit' } });
  t.ok(seen.every((frame) => !('jsonrpc' in frame) && !('sessionId' in frame)));
});

t.test('an older one, which tells no verdict, is asked for it once', async (t) => {
  const { connect, seen } = await startExecutor(t, { isOld: true });
  const { peer } = await connect();
  const { result } = await oneShot(peer, command, 'events');
  t.same(result, { outputBytes: 6, exitCode: 3, reads: 1 });
  t.equal(seen.filter(({ method }) => method === 'process/read').length, 1);
  await closePeer(peer);
});

t.test('a lost event is a failure, and no figure', async (t) => {
  const { connect } = await startExecutor(t, { lostSeq: 1 });
  const { peer } = await connect();
  await t.rejects(oneShot(peer, command, 'events'), { message: 'event 2 came after event 0' });
  await closePeer(peer);
});
