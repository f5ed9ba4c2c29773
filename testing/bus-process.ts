import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import {
  createFrameConnection,
  type FrameConnection,
  linesOf,
  within,
} from '../reference/faults/frame-connection.ts';
import {
  childrenOf,
  type ProcessEntry,
  pidsWithEnvironment,
  until,
} from '../reference/faults/process-table.ts';

/** The programs of the same build as the test that runs them. */
const programs = {
  stdio_bus: [fileURLToPath(new URL('../stdio-bus.js', import.meta.url))],
  serve: [fileURLToPath(new URL('../cli.js', import.meta.url)), 'serve'],
} as const;

/** Whoever ends the bus at the last: a test of tap, or anything else with this method. */
export interface Owner {
  teardown(end: () => Promise<void>): unknown;
}

export interface BusOptions {
  /** An object is written in JSON, a string as it stands. */
  readonly config: object | string;
  /** `serve` is `stdio-bus-kit serve`; default: `stdio_bus`. */
  readonly program?: keyof typeof programs;
  /** `tcp` listens on 127.0.0.1 and a free port, `unix` in a folder of its own. */
  readonly transport?: 'tcp' | 'unix' | 'stdio';
  /** The whole command line, instead of `--config` and the transport; in a folder of the bus alone. */
  readonly args?: (folder: string) => readonly string[];
  /** Hands the configuration over as the inherited descriptor 3, with `--config-fd`. */
  readonly configDescriptor?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** The number of descriptors that the bus may have open. */
  readonly openFiles?: number;
}

export interface BusExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** As `performance.now()` gives it. */
  readonly atMs: number;
}

/** A bus that runs as a process of its own, and everything that it started. */
export interface BusProcess {
  readonly pid: number;
  /** A folder of this bus alone, with its `config.json`; removed at the end. */
  readonly folder: string;
  /** The lines of its stderr until now. */
  readonly stderr: readonly string[];
  /** The bus's own stdin and stdout. */
  readonly stdio: FrameConnection;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderrStream: Readable;
  /** `HOST:PORT` or the path, as the bus printed it. */
  address(): string;
  /** Resolves when the bus has printed where it listens; rejects when it ends before. */
  listening(deadlineMs?: number): Promise<void>;
  connect(): Promise<FrameConnection>;
  signal(signal: NodeJS.Signals): void;
  /** Waits for the end of the process, and of its stderr. */
  exit(deadlineMs?: number): Promise<BusExit>;
  /** The processes whose parent is the bus, zombies too. */
  children(): ProcessEntry[];
  /** All that this bus has started and that still runs, also where its parent is gone. */
  leftovers(): number[];
  /** Ends the bus and all that it started, at once. */
  destroy(): Promise<void>;
}

/** Starts a bus and waits until it listens; in stdio mode, until its process runs. */
export async function startBus(owner: Owner, options: BusOptions): Promise<BusProcess> {
  const bus = launchBus(owner, options);
  if (options.transport !== 'stdio') await bus.listening();
  return bus;
}

/** Starts a bus, and waits for nothing. */
export function launchBus(owner: Owner, options: BusOptions): BusProcess {
  const folder = mkdtempSync(join(tmpdir(), 'bus-process-'));
  const mark = `STDIO_BUS_TEST_RUN=${randomUUID()}`;
  const child = spawnBus({ ...options, folder, mark });
  const pid = child.pid as number;
  const [stdin, stdout, stderrStream] = child.stdio as unknown as [Writable, Readable, Readable];
  const stderr: string[] = [];
  linesOf(stderrStream, (line) => stderr.push(line));
  const stdio = createFrameConnection(stdout, stdin);

  let exit: BusExit | undefined;
  child.once('exit', (code, signal) => {
    exit = { code, signal, atMs: performance.now() };
  });
  const closed = once(child, 'close');
  const addressOf = () => listeningAddress(stderr);
  const leftovers = () => pidsWithEnvironment(mark).filter((each) => each !== pid);

  const bus: BusProcess = {
    pid,
    folder,
    stderr,
    stdio,
    stdin,
    stdout,
    stderrStream,
    address() {
      const address = addressOf();
      if (address === undefined) throw new Error('the bus does not listen');
      return address;
    },
    async listening(deadlineMs) {
      await until(
        'the bus listens',
        () => {
          if (exit !== undefined)
            throw new Error(`the bus ended: ${exit.code ?? exit.signal}, ${stderr.join('\n')}`);
          return addressOf() !== undefined;
        },
        deadlineMs,
      );
    },
    async connect() {
      const socket = connect(connectOptions(bus.address()));
      socket.setNoDelay(true);
      owner.teardown(async () => void socket.destroy());
      await within(once(socket, 'connect'), `a connection to ${bus.address()}`);
      return createFrameConnection(socket, socket);
    },
    signal: (signal) => void process.kill(pid, signal),
    async exit(deadlineMs) {
      const seen = await until('the bus ends', () => exit, deadlineMs);
      // A process that outlived the bus may hold its stderr open.
      if (leftovers().length === 0) await within(closed, 'the end of stderr');
      return seen;
    },
    children: () => childrenOf(pid),
    leftovers,
    async destroy() {
      // Stopped, it cannot start one more while the others are looked for.
      if (exit === undefined) killQuietly(pid, 'SIGSTOP');
      await until('all that the bus started has ended', () => {
        if (exit === undefined) killQuietly(pid, 'SIGKILL');
        for (const each of leftovers()) killQuietly(each, 'SIGKILL');
        return leftovers().length === 0 && exit !== undefined;
      });
      stdio.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  owner.teardown(bus.destroy);
  return bus;
}

function spawnBus(options: BusOptions & { folder: string; mark: string }): ChildProcess {
  const { folder, mark, config, openFiles } = options;
  const configFile = join(folder, 'config.json');
  writeFileSync(configFile, typeof config === 'string' ? config : JSON.stringify(config));
  const inherited = options.configDescriptor ? [openSync(configFile, 'r')] : [];
  const source = options.configDescriptor ? ['--config-fd', '3'] : ['--config', configFile];
  const args = options.args?.(folder) ?? [...source, ...transportArgs(options)];
  // exec: the process keeps its id from the first shell to the bus.
  const limit = openFiles === undefined ? '' : `ulimit -n ${openFiles} && `;
  const program = programs[options.program ?? 'stdio_bus'];
  const command = ['-c', `${limit}exec "$@"`, 'sh', process.execPath, ...program, ...args];
  const [name, value] = mark.split('=') as [string, string];
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...options.env, [name]: value };
  const stdio: StdioOptions = ['pipe', 'pipe', 'pipe', ...inherited];
  const child = spawn('sh', command, { cwd: folder, env, detached: true, stdio });
  inherited.map(closeSync);
  return child;
}

function transportArgs({ transport = 'tcp', folder }: { transport?: string; folder: string }) {
  if (transport === 'tcp') return ['--tcp', '127.0.0.1:0'];
  return transport === 'unix' ? ['--unix', join(folder, 'bus.sock')] : ['--stdio'];
}

function listeningAddress(stderr: readonly string[]): string | undefined {
  for (const line of stderr) {
    const found = /listening on (?:tcp:\/\/|unix:)([^\s"]+)/.exec(line);
    if (found !== null) return found[1];
  }
  return undefined;
}

/** Where to connect to, from an address as the bus prints it. */
export function connectOptions(address: string) {
  if (address.startsWith('/')) return { path: address, allowHalfOpen: true };
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, colon).replace(/^\[|\]$/g, '');
  return { host, port: Number(address.slice(colon + 1)), allowHalfOpen: true };
}

function killQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
