/**
 * The suite's instrumented worker, started by the subject:
 *
 *   node probe-worker.cjs CONTROL_SOCKET POOL TRAITS
 *
 * It reports every byte on the control socket before it acts on it, by writes that are finished when
 * they return: what it saw is known also when it is killed in the next moment. A request whose method
 * begins with `probe/hold` waits for the suite; every other is answered at once.
 */
import { spawn } from 'node:child_process';
import { closeSync, readdirSync, readlinkSync, writeSync } from 'node:fs';
import { connect, Socket } from 'node:net';
import type { ProbeTraits } from '../bus-scenario.ts';
import { topLevelMembers } from '../history/top-level-members.ts';
import type { NumberedOrder, OpenDescriptor, ProbeReport } from './probe-report.ts';

const [controlPath = '', pool = '', traitsJson = '{}'] = process.argv.slice(2);
const traits: ProbeTraits & { readonly sessionIdField?: string } = JSON.parse(traitsJson);
const { sessionIdField = 'sessionId', onSigterm = 'finish', onStdinEnd = 'finish' } = traits;

/** In JSON, as latin1 of its bytes, like all that is written. */
const spelledPool = Buffer.from(JSON.stringify(pool)).toString('latin1');
const descriptors = openDescriptors();
const nap = new Int32Array(new SharedArrayBuffer(4));
const stdout = new Socket({ fd: 1, readable: false });
let isStdoutClosed = false;
// Nobody reads any more.
stdout.on('error', () => isStdoutClosed || process.exit(0));
/** As lines are read and written: in latin1 of their UTF-8. */
const sessionName = Buffer.from(JSON.stringify(sessionIdField)).toString('latin1');
/** Requests that wait for the suite, by their id as it is spelled. */
const held = new Set<string>();
let answered = 0;
let isFinishing = false;
let controlFd = -1;

process.on('SIGTERM', (signal) => {
  tell({ tell: 'signal', atNs: nowNs(), signal });
  // What is already in the pipe was asked before the signal came.
  setImmediate(() => setImmediate(() => obey(onSigterm)));
});

const control = connect(controlPath);
control.on('error', (error) => {
  process.stderr.write(`probe worker: no way to the suite: ${error.message}\n`);
  process.exit(70);
});
control.once('connect', () => {
  controlFd = (control as unknown as { _handle: { fd: number } })._handle.fd;
  greet();
});
let orders: string[] = [];
control.setEncoding('utf8').on('data', (text: string) => {
  const [first = '', ...more] = text.split('\n');
  orders.push(first);
  for (const start of more) {
    carryOut(JSON.parse(orders.join('')));
    orders = [start];
  }
});
// Without the suite nobody would end it.
control.once('close', () => process.exit(0));

function greet(): void {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name.startsWith('PROBE_')),
  ) as Record<string, string>;
  const { pid, argv } = process;
  tell({ tell: 'hello', atNs: nowNs(), pool, pid, cwd: process.cwd(), argv, env, descriptors });
  if (traits.greeting !== undefined) write(Buffer.from(traits.greeting));
  if (traits.exitAtStart !== undefined) end(traits.exitAtStart);
  process.stdin.on('data', receive);
  process.stdin.on('end', () => {
    tell({ tell: 'stdin-end', atNs: nowNs() });
    obey(onStdinEnd);
  });
  process.stdin.on('error', () => {});
  if (traits.isDeaf === true) process.stdin.pause();
}

let rest: Buffer[] = [];

function receive(chunk: Buffer): void {
  tell({ tell: 'received', atNs: nowNs(), base64: chunk.toString('base64') });
  let start = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, start)) {
    take(Buffer.concat([...rest, chunk.subarray(start, at)]).toString('latin1'));
    rest = [];
    start = at + 1;
  }
  if (start < chunk.length) rest.push(chunk.subarray(start));
}

function take(line: string): void {
  let members: ReturnType<typeof topLevelMembers>;
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    members = topLevelMembers(line);
  } catch {
    return;
  }
  const spelled = (name: string) => {
    const member = members.find((each) => each.name === name);
    return member && line.slice(member.valueStart, member.valueEnd);
  };
  const id = spelled('id');
  const method = spelled('method');
  if (id === undefined || method === undefined) return;
  if (method.startsWith('"probe/hold')) {
    held.add(id);
    return;
  }
  const session = spelled(sessionIdField);
  const echoed = method === '"probe/echo"' ? `,"echo":${spelled('params') ?? 'null'}` : '';
  answered += 1;
  write(
    Buffer.from(
      `{"jsonrpc":"2.0","id":${id}${session === undefined ? '' : `,${sessionName}:${session}`},` +
        `"result":{"by":${spelledPool},"pid":${process.pid},"n":${answered}${echoed}}}\n`,
      'latin1',
    ),
  );
}

function carryOut(order: NumberedOrder): void {
  switch (order.order) {
    case 'sync':
      break;
    case 'write': {
      const bytes = Buffer.from(order.base64, 'base64');
      for (let n = 0; n < (order.times ?? 1); n++) write(bytes);
      break;
    }
    case 'flood':
      flood(order, () => done(order.number));
      return;
    case 'forget':
      held.delete(order.idJson);
      if (isFinishing) obey('finish');
      break;
    case 'pause':
      process.stdin.pause();
      break;
    case 'resume':
      process.stdin.resume();
      break;
    case 'close-stdout':
      whenFlushed(() => closeStdout(() => done(order.number)));
      return;
    case 'close-stdin':
      process.stdin.once('close', () => {
        closeSync(0);
        done(order.number);
      });
      process.stdin.removeAllListeners('end').destroy();
      return;
    case 'finish':
      obey('finish');
      break;
    case 'exit':
      if (order.isFlushed) whenFlushed(() => end(order.code));
      else end(order.code);
      break;
    case 'spawn': {
      const child = spawn('sleep', ['600'], { stdio: 'inherit', detached: order.isDetached });
      child.unref();
      done(order.number, child.pid);
      return;
    }
  }
  done(order.number);
}

function obey(how: 'finish' | 'ignore' | 'exit'): void {
  if (how === 'ignore') return;
  if (how === 'exit') end(traits.exitCode ?? 0);
  isFinishing = true;
  if (held.size === 0) whenFlushed(() => end(traits.exitCode ?? 0));
}

/** libuv leaves the descriptors 0 to 2 open. */
function closeStdout(onClosed: () => void): void {
  isStdoutClosed = true;
  stdout.once('close', () => {
    closeSync(1);
    onClosed();
  });
  stdout.destroy();
}

function whenFlushed(call: () => void): void {
  if (stdout.writableLength === 0) call();
  else stdout.write('', () => call());
}

function end(code: number): never {
  tell({ tell: 'exit', atNs: nowNs(), code });
  process.exit(code);
}

function done(number: number, pid?: number): void {
  const unwrittenBytes = stdout.writableLength;
  tell({ tell: 'done', number, unwrittenBytes, ...(pid === undefined ? {} : { pid }) });
}

function write(bytes: Buffer): void {
  tell({ tell: 'sent', atNs: nowNs(), base64: bytes.toString('base64') });
  stdout.write(bytes);
}

/** Asks the system for room before each write: what it floods is never in its own memory. */
function flood(
  { stream, base64, times }: Extract<NumberedOrder, { order: 'flood' }>,
  onEnd: () => void,
): void {
  const bytes = Buffer.from(base64, 'base64');
  const output = stream === 'stdout' ? stdout : process.stderr;
  let left = times;
  const more = (): void => {
    while (left-- > 0) {
      if (output.write(bytes)) continue;
      output.once('drain', more);
      return;
    }
    onEnd();
  };
  more();
}

function nowNs(): string {
  return String(process.hrtime.bigint());
}

function tell(report: ProbeReport): void {
  let bytes = Buffer.from(`${JSON.stringify(report)}\n`);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(controlFd, bytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') process.exit(70);
      Atomics.wait(nap, 0, 0, 1);
    }
  }
}

function openDescriptors(): OpenDescriptor[] {
  const found: OpenDescriptor[] = [];
  for (const name of entries('/proc/self/fd')) {
    try {
      found.push({ fd: Number(name), link: readlinkSync(`/proc/self/fd/${name}`) });
    } catch {
      // The descriptor of the listing itself.
    }
  }
  return found;
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
