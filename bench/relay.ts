/**
 * What this runtime can do at best between a client and one worker: bytes both ways, unparsed.
 * One client at a time; it ends when its worker ends or on SIGTERM, and takes its worker along.
 *
 * Usage: node relay.js --tcp HOST:PORT | --unix PATH -- COMMAND [ARGUMENT …]
 */
import { spawn } from 'node:child_process';
import { createServer, type ListenOptions, type Socket } from 'node:net';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { tcp: { type: 'string' }, unix: { type: 'string' } },
  allowPositionals: true,
});
const [command, ...args] = positionals;
if (command === undefined || (values.tcp === undefined) === (values.unix === undefined)) {
  process.stderr.write('relay: give --tcp HOST:PORT or --unix PATH, then -- COMMAND\n');
  process.exit(64);
}

const worker = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
let client: Socket | undefined;

worker.on('error', (error) => {
  process.stderr.write(`relay: ${error.message}\n`);
  process.exit(69);
});
worker.on('exit', () => process.exit(1));
worker.stdin.on('error', () => {});
worker.stdin.on('drain', () => client?.resume());
worker.stdout.on('data', (chunk: Buffer) => {
  if (client?.write(chunk) === false) worker.stdout.pause();
});

const server = createServer({ noDelay: true }, (socket) => {
  client?.destroy();
  client = socket;
  socket.on('data', (chunk) => {
    if (!worker.stdin.write(chunk)) socket.pause();
  });
  socket.on('drain', () => worker.stdout.resume());
  socket.on('error', () => {});
  socket.on('close', () => {
    if (client !== socket) return;
    client = undefined;
    worker.stdout.resume();
  });
});
server.listen(listenOptions(), () => {
  const address = server.address();
  const name = typeof address === 'string' ? `unix:${address}` : `tcp://${values.tcp}`;
  process.stderr.write(`relay: listening on ${name}\n`);
});

process.on('SIGTERM', () => {
  worker.removeAllListeners('exit').on('exit', () => process.exit(0));
  worker.kill('SIGKILL');
});

function listenOptions(): ListenOptions {
  if (values.unix !== undefined) return { path: values.unix };
  const [host, port] = String(values.tcp).split(/:(?=\d+$)/);
  return { host: String(host), port: Number(port) };
}
