import { once } from 'node:events';
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { dirname } from 'node:path';
import type { BusScenario } from '../../bus-scenario.ts';
import { observationsAre } from '../../judges/expected-values.ts';
import { judgeOf, observed } from '../../judges/facts.ts';
import { startIsRefused } from '../../judges/refused-start.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import type { Scene } from '../../scene/scene.ts';
import { isLoopback, listeningAddresses } from '../../subject/listening-addresses.ts';
import { inTime } from './in-time.ts';
import { launchRefused, markedPool } from './refused-start.ts';

const socketIsRefused = startIsRefused('SEC-1', { mayStartWorkers: true });

export const securityScenarios: readonly BusScenario[] = [
  {
    id: 'security/socket-mode',
    title: 'The Unix socket has mode 0600 from its first moment on',
    requirements: ['SEC-1'],
    does: 'Looks at the mode of the socket all the time from the start of the bus until it serves.',
    transports: ['unix'],
    isLaunchedByDrive: true,
    async drive(scene) {
      const watch = watchMode(scene.places.socket);
      await scene.start();
      const widest = watch.end();
      const client = await scene.connect();
      await client.echo();
      scene.observe('widest mode', `0${widest.toString(8)}`);
      scene.observe('mode', `0${modeOf(scene.places.socket).toString(8)}`);
    },
    judges: [observationsAre('SEC-1', { mode: '0600', 'widest mode': '0600' })],
  },
  {
    id: 'security/live-socket',
    title: 'A socket on which somebody listens is not taken away',
    requirements: ['SEC-1'],
    does: 'Listens on the path itself and starts the bus there: the bus ends with an error and leaves no worker, and the suite still accepts on its socket.',
    transports: ['unix'],
    isLaunchedByDrive: true,
    async drive(scene) {
      const { socket } = scene.places;
      const server = await listenAt(socket);
      try {
        const inode = lstatSync(socket).ino;
        await launchAtTakenPath(scene);
        scene.observe('same socket', inodeOf(socket) === inode);
        scene.observe('still accepts', await scene.isReachable());
      } finally {
        server.close();
        rmSync(socket, { force: true });
      }
    },
    judges: [
      socketIsRefused,
      observationsAre('SEC-1', { 'same socket': true, 'still accepts': true }),
    ],
  },
  {
    id: 'security/stale-socket',
    title: 'A socket file on which nobody listens is replaced',
    requirements: ['SEC-1'],
    does: 'Leaves a socket file behind whose listener is gone, and starts the bus there: it serves.',
    transports: ['unix'],
    isLaunchedByDrive: true,
    async drive(scene) {
      const { socket } = scene.places;
      const server = await listenAt(`${socket}.old`);
      // Under another name it is not removed when its listener ends.
      renameSync(`${socket}.old`, socket);
      server.close();
      await once(server, 'close');
      await scene.start();
      const client = await scene.connect();
      await client.echo();
      scene.observe('mode', `0${modeOf(socket).toString(8)}`);
    },
    judges: [everyRequestIsServed('SEC-1'), observationsAre('SEC-1', { mode: '0600' })],
  },
  {
    id: 'security/file-at-the-path',
    title: 'A file that is no socket is not removed',
    requirements: ['SEC-1'],
    does: 'Starts the bus with --unix and the path of a file: it ends with an error, and the file is as it was.',
    transports: ['unix'],
    isLaunchedByDrive: true,
    async drive(scene) {
      const { socket } = scene.places;
      writeFileSync(socket, 'precious');
      await launchAtTakenPath(scene);
      scene.observe('content', contentOf(socket));
      rmSync(socket, { force: true });
    },
    judges: [socketIsRefused, observationsAre('SEC-1', { content: 'precious' })],
  },
  {
    id: 'security/folder-at-the-path',
    title: 'A folder is not removed',
    requirements: ['SEC-1'],
    does: 'Starts the bus with --unix and the path of an empty folder: it ends with an error, and the folder is there.',
    transports: ['unix'],
    isLaunchedByDrive: true,
    async drive(scene) {
      const { socket } = scene.places;
      mkdirSync(socket);
      await launchAtTakenPath(scene);
      scene.observe(
        'is a folder',
        lstatSync(socket, { throwIfNoEntry: false })?.isDirectory() === true,
      );
      rmSync(socket, { force: true, recursive: true });
    },
    judges: [socketIsRefused, observationsAre('SEC-1', { 'is a folder': true })],
  },
  ...['', ':'].map(
    (prefix): BusScenario => ({
      id: prefix === '' ? 'security/port-alone' : 'security/colon-and-port',
      title: `--tcp ${prefix}PORT binds a loopback address only, or is refused`,
      requirements: ['SEC-2'],
      does: `Starts the bus with --tcp ${prefix}PORT, and looks in the system on which addresses it listens.`,
      transports: ['tcp'],
      isLaunchedByDrive: true,
      async drive(scene) {
        if (!scene.hasStandardFlags) return scene.observe('standard-flags', false);
        const { config, port } = scene.places;
        const subject = scene.launch({ args: ['--config', config, '--tcp', `${prefix}${port}`] });
        const limitMs = scene.timings.startMs;
        const addresses = () => listeningAddresses(port) ?? [];
        const isDecided = () => !subject.isRunning || addresses().length > 0;
        await scene.until('a listener, or the end of the bus', isDecided, { limitMs });
        if (!subject.isRunning) return;
        scene.observe('addresses', addresses().join(' '));
        await scene.worker();
      },
      judges: [judgeLoopback],
    }),
  ),
  {
    id: 'security/talkative-worker',
    title: 'What workers write on stderr goes nowhere near stdout, and never stops them',
    requirements: ['SEC-3'],
    does: 'Two workers write 2 MiB of log lines on stderr, some of them like frames, and answer all the same.',
    config: { pools: [{ id: 'main', instances: 2 }] },
    async drive(scene) {
      const client = await scene.connect();
      const workers = await scene.workers();
      const line = JSON.stringify({ jsonrpc: '2.0', id: 1, result: 'x'.repeat(4000) });
      const floods = workers.map((probe) => probe.flood('stderr', `${line}\n`, 512));
      await inTime(scene, 'the end of the log', floods, { requirement: 'SEC-3' });
      for (let n = 0; n < 10; n++) await client.echo({ requirement: 'SEC-3' });
    },
    judges: [everyRequestIsServed('SEC-3', { atLeast: 10 })],
  },
];

/** Loopback only, or refused with an error. */
const judgeRefused = startIsRefused('SEC-2', { mayStartWorkers: true });

function judgeLoopback(...[story]: Parameters<typeof judgeRefused>) {
  const addresses = observed(story, 'addresses');
  if (addresses === undefined) return judgeRefused(story);
  const open = String(addresses)
    .split(' ')
    .filter((address) => !isLoopback(address));
  const fault = {
    reason: 'TCP without a host is open to other machines',
    expected: 'a loopback address only',
    seen: open.join(' '),
  };
  return judgeOf('SEC-2', { fault: () => (open.length === 0 ? undefined : fault) })(story);
}

async function launchAtTakenPath(scene: Scene): Promise<void> {
  await launchRefused(scene, { config: { pools: [markedPool(scene)] } }, 'SEC-1');
}

async function listenAt(path: string): Promise<Server> {
  const server = createServer((socket) => socket.on('error', () => {}).resume());
  server.listen(path);
  await once(server, 'listening');
  return server;
}

/** Looks at the mode of what is at a path as often as can be; the end gives all bits that were seen. */
function watchMode(path: string): { end(): number } {
  let seen = 0;
  let isOver = false;
  const look = () => {
    // A look takes some microseconds; between them others have their turn.
    for (let n = 0; n < 50; n++) seen |= modeOf(path);
    if (!isOver) setImmediate(look);
  };
  look();
  return {
    end() {
      isOver = true;
      return seen;
    },
  };
}

function modeOf(path: string): number {
  return (statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o777;
}

function inodeOf(path: string): number | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.ino;
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return `nothing in ${dirname(path)}: ${(error as Error).message}`;
  }
}
