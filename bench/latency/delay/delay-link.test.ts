import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import t, { type Test } from 'tap';
import { startLink } from './running-link.ts';

t.setTimeout(60_000);

const rttMs = 60;

/** A server for one test, and a link before it. */
async function linked(t: Test, onConnection: (socket: Socket) => void, announcesConnect = false) {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, onConnection);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const link = await startLink({ host: '127.0.0.1', port, rttMs, announcesConnect });
  t.teardown(async () => {
    await link.stop();
    server.close();
  });
  const socket = connect({
    port: link.port,
    host: '127.0.0.1',
    noDelay: true,
    allowHalfOpen: true,
  });
  await once(socket, 'connect');
  t.teardown(() => socket.destroy());
  return { socket, link, server };
}

const echo = (socket: Socket) => void socket.on('error', () => {}).pipe(socket);

t.test('an echo takes the round trip, and no answer comes before it', async (t) => {
  const { socket } = await linked(t, echo);
  for (let round = 0; round < 5; round += 1) {
    const startMs = performance.now();
    socket.write('x');
    await once(socket, 'data');
    const tookMs = performance.now() - startMs;
    t.ok(tookMs >= rttMs, `${tookMs} ms`);
    t.ok(tookMs < rttMs + 500, `${tookMs} ms`);
  }
});

t.test('each direction is delayed by half', async (t) => {
  let cameAtMs = 0;
  const { socket } = await linked(t, (peer) => {
    peer.on('data', () => {
      cameAtMs = performance.now();
      peer.write('y');
    });
  });
  const startMs = performance.now();
  socket.write('x');
  await once(socket, 'data');
  t.ok(cameAtMs - startMs >= rttMs / 2, 'there');
  t.ok(performance.now() - cameAtMs >= rttMs / 2, 'back');
});

t.test('bytes come unchanged and in order, also while others are on their way', async (t) => {
  const { socket } = await linked(t, echo);
  const sent = Buffer.alloc(3_000_000, 0);
  for (let at = 0; at < sent.length; at += 4) sent.writeUInt32LE(at, at);
  const received: Buffer[] = [];
  socket.on('data', (bytes) => received.push(bytes));
  for (let at = 0; at < sent.length; ) {
    const size = 1 + ((at * 7919) % 70_000);
    socket.write(sent.subarray(at, at + size));
    at += size;
    await new Promise((resolve) => setImmediate(resolve));
  }
  socket.end();
  await once(socket, 'end');
  t.ok(Buffer.concat(received).equals(sent));
});

t.test('the end of one direction leaves the other open, and comes after the bytes', async (t) => {
  const { socket } = await linked(t, (peer) => {
    let text = '';
    peer.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    peer.on('end', () => peer.end(`got ${text}`));
  });
  socket.end('last words');
  const [answer] = await once(socket, 'data');
  t.equal(String(answer), 'got last words');
});

t.test('a receiver that does not read stops the sender, and nothing is lost', async (t) => {
  let peer: Socket | undefined;
  const { socket } = await linked(t, (accepted) => {
    peer = accepted.pause();
  });
  const piece = Buffer.alloc(65_536, 7);
  const most = 200 * 1024 * 1024;
  let offered = 0;
  const isStopped = () => socket.writableLength > 4 * 1024 * 1024;
  let quietSinceMs = performance.now();
  while (offered < most && !(isStopped() && performance.now() - quietSinceMs > 500)) {
    const before = socket.bytesWritten - socket.writableLength;
    if (!isStopped()) {
      socket.write(piece);
      offered += piece.length;
    }
    await new Promise((resolve) => setTimeout(resolve, isStopped() ? 10 : 0));
    if (socket.bytesWritten - socket.writableLength !== before) quietSinceMs = performance.now();
  }
  t.ok(offered < most / 2, `stopped after ${offered} bytes`);
  socket.end();
  let received = 0;
  const receiver = peer as Socket;
  receiver.on('data', (bytes) => {
    received += bytes.length;
  });
  receiver.resume();
  await once(receiver, 'end');
  t.equal(received, offered);
});

t.test(
  'a connect that is announced takes a round trip, before anything of the server',
  async (t) => {
    const startMs = performance.now();
    const { socket } = await linked(t, (peer) => void peer.write('hello'), true);
    const connectedMs = performance.now();
    const parts: Buffer[] = [];
    while (Buffer.concat(parts).length < 6) parts.push((await once(socket, 'data'))[0]);
    t.equal(String(Buffer.concat(parts)), '\0hello');
    t.ok(performance.now() - startMs >= rttMs);
    t.ok(performance.now() - connectedMs < rttMs + 1000);
  },
);

t.test('a server that cuts the connection cuts it for the client', async (t) => {
  const { socket } = await linked(t, (peer) => void peer.resetAndDestroy());
  const hadError = await new Promise<boolean>((resolve) => {
    socket.on('error', () => {}).on('close', resolve);
    socket.resume();
  });
  t.equal(hadError, true);
});
