import { once } from 'node:events';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect, isIPv6, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { outputOf } from '../../testing/run-cli.ts';
import { type ListenAddress, tcpAddress, unixAddress } from './listen-address.ts';
import { ListenError, type Listener, listen } from './listener.ts';

type SocketAddress = Exclude<ListenAddress, { transport: 'stdio' }>;

/** The address of a port, or of a socket's path. */
function addressOf(text: string): SocketAddress {
  const address = text.startsWith('/') ? unixAddress(text) : tcpAddress(text);
  if (address.transport === 'stdio') throw new RangeError(text);
  return address;
}

/** Listens until the test is over; `accepted` has the connections. */
async function listening(t: Test, address: SocketAddress) {
  const accepted: Socket[] = [];
  const listener = await listen(address, (socket) => accepted.push(socket));
  t.teardown(() => {
    listener.close();
    for (const socket of accepted) socket.destroy();
  });
  return { listener, accepted };
}

async function isReached(target: string | number, host = '127.0.0.1'): Promise<boolean> {
  const socket = typeof target === 'string' ? connect(target) : connect(target, host);
  const isOpen = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isOpen;
}

const portOf = ({ url }: Listener) => Number(/:(\d+)$/.exec(url)?.[1]);

t.test('port 0 becomes a real port, that of the url', async (t) => {
  const { listener } = await listening(t, addressOf('127.0.0.1:0'));
  t.match(listener.url, /^tcp:\/\/127\.0\.0\.1:[1-9]\d*$/);
  t.ok(await isReached(portOf(listener)));
  listener.close();
  t.notOk(await isReached(portOf(listener)));
});

t.test('a name is bound too', async (t) => {
  const { listener } = await listening(t, addressOf('localhost:0'));
  const host = /^tcp:\/\/\[?(.*?)\]?:\d+$/.exec(listener.url)?.[1] ?? '';
  t.ok(isIPv6(host) || host === '127.0.0.1', host);
  t.ok(await isReached(portOf(listener), host));
});

const refusals: [name: string, address: string, says: RegExp][] = [
  [
    'an address of another machine',
    '192.0.2.1:0',
    /192\.0\.2\.1:0: this machine has no such address$/,
  ],
  ['a name that nobody has', 'no-such-host.invalid:0', /no-such-host\.invalid/],
];

for (const [name, address, says] of refusals) {
  t.test(`${name} cannot be listened on, in words`, async (t) => {
    await t.rejects(listening(t, addressOf(address)), { name: 'ListenError', message: says });
  });
}

t.test('a port in use is a clear error and stays with its owner', async (t) => {
  const { listener } = await listening(t, addressOf('127.0.0.1:0'));
  const second = listening(t, addressOf(`127.0.0.1:${portOf(listener)}`));
  await t.rejects(second, { name: 'ListenError', message: /:\d+: the address is in use/ });
  t.ok(await isReached(portOf(listener)));
});

t.test('a connection is half-open and without delay', async (t) => {
  const { listener, accepted } = await listening(t, addressOf('127.0.0.1:0'));
  const client = connect({ port: portOf(listener), host: '127.0.0.1', allowHalfOpen: true });
  client.end();
  await once(client, 'connect');
  while (accepted.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const [socket] = accepted as [Socket];
  socket.resume();
  await once(socket, 'end');
  socket.end('late');
  const [chunk] = await once(client, 'data');
  t.equal(String(chunk), 'late', 'what is due after the end of the client is delivered');
});

/** A path for a socket in a folder of its own, short enough wherever the checkout is. */
function socketPath(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'listener-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'bus.sock');
}

t.test('a Unix socket has mode 0600 whatever the umask, and goes with its listener', async (t) => {
  const path = socketPath(t);
  const mask = process.umask(0);
  t.teardown(() => process.umask(mask));
  const { listener } = await listening(t, addressOf(path));
  t.equal(lstatSync(path).mode & 0o777, 0o600);
  t.equal(process.umask(), 0, 'the umask is as before');
  t.equal(listener.url, `unix:${path}`);
  t.ok(await isReached(path));
  listener.close();
  t.throws(() => lstatSync(path), { code: 'ENOENT' });
});

t.test('a live socket stays with its owner', async (t) => {
  const path = socketPath(t);
  const { accepted } = await listening(t, addressOf(path));
  await t.rejects(listening(t, addressOf(path)), { name: 'ListenError', message: /listens on/ });
  t.ok(await isReached(path));
  t.equal(accepted.length, 2, 'the probe and ours');
});

t.test('a stale socket is replaced', async (t) => {
  const path = socketPath(t);
  const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 9))`;
  t.throws(() => outputOf(tmpdir(), [process.execPath, '-e', script]));
  t.ok(lstatSync(path).isSocket(), 'its process was killed and has left it');
  await listening(t, addressOf(path));
  t.equal(lstatSync(path).mode & 0o777, 0o600);
  t.ok(await isReached(path));
});

t.test('a path that is no socket is left as it is', async (t) => {
  const path = socketPath(t);
  const isRefused = (address: string) =>
    t.rejects(listening(t, addressOf(address)), { name: 'ListenError', message: /no socket/ });
  writeFileSync(path, 'precious');
  await isRefused(path);
  t.equal(readFileSync(path, 'utf8'), 'precious');
  mkdirSync(`${path}.d`);
  await isRefused(`${path}.d`);
  t.ok(lstatSync(`${path}.d`).isDirectory());
  symlinkSync(path, `${path}.l`);
  await isRefused(`${path}.l`);
  t.ok(lstatSync(`${path}.l`).isSymbolicLink());
});

t.test('a socket in a folder that does not exist is a clear error', async (t) => {
  const address = addressOf(join(socketPath(t), 'x.sock'));
  await t.rejects(listening(t, address), { name: 'ListenError', message: /no such folder/ });
});

t.test('a problem of listening is an error that has its cause', async (t) => {
  const failure = await listening(t, addressOf('192.0.2.1:0')).then(
    () => undefined,
    (error: unknown) => error,
  );
  t.ok(failure instanceof ListenError && failure.cause instanceof Error);
});
