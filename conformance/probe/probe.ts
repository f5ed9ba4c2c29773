import type { Socket } from 'node:net';
import { type Frame, frameFromLine } from '../history/frame.ts';
import { bytesMember, type History } from '../history/history.ts';
import { LineSplitter } from '../history/line-splitter.ts';
import { markOf } from '../history/match-frames.ts';
import { writeOrder } from './order-line.ts';
import type { OpenDescriptor, ProbeOrder, ProbeReport } from './probe-report.ts';

export type Hello = Extract<ProbeReport, { tell: 'hello' }>;

/** A frame as the worker has read it. */
export interface ProbeFrame extends Frame {
  readonly bytes: Buffer;
}

export interface ProbeOptions {
  readonly hello: Hello;
  readonly slot: number;
  readonly incarnation: number;
  readonly socket: Socket;
  readonly history: History;
  readonly sessionIdField: string;
  /** Something was told: whoever waits may look again. */
  readonly onNews: () => void;
}

/** One incarnation of a probe worker, as the suite sees and steers it over its control socket. */
export class Probe {
  /** `POOL/SLOT/INCARNATION`. */
  readonly tag: string;
  readonly pool: string;
  readonly slot: number;
  readonly incarnation: number;
  readonly pid: number;
  readonly cwd: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly descriptors: readonly OpenDescriptor[];
  /** The frames that it has read, in order. */
  readonly received: ProbeFrame[] = [];
  /** Processes that it has started. */
  readonly descendants: number[] = [];
  readonly signals: NodeJS.Signals[] = [];
  /** The requests that wait for the suite. */
  readonly held: ProbeFrame[] = [];
  hasStdinEnded = false;
  /** Whether its process has ended: its end of the control socket is closed. */
  hasExited = false;

  readonly #options: ProbeOptions;
  readonly #splitter = new LineSplitter();
  readonly #waiting = new Map<number, () => void>();
  #lastOrder = 0;
  #exitCode: number | null = null;
  #exitedUs: number | undefined;
  #unwrittenBytes = 0;

  constructor(options: ProbeOptions) {
    const { hello, slot, incarnation, history } = options;
    this.#options = options;
    this.pool = hello.pool;
    this.slot = slot;
    this.incarnation = incarnation;
    this.tag = `${hello.pool}/${slot}/${incarnation}`;
    this.pid = hello.pid;
    this.cwd = hello.cwd;
    this.argv = hello.argv;
    this.env = hello.env;
    this.descriptors = hello.descriptors;
    history.add(
      { kind: 'process', process: this.tag, event: 'start', pid: hello.pid },
      history.nowUs(BigInt(hello.atNs)),
    );
  }

  /** Takes what it has told. */
  take(report: ProbeReport): void {
    const { history, onNews } = this.#options;
    if (report.tell === 'done') {
      this.#unwrittenBytes = report.unwrittenBytes;
      if (report.pid !== undefined) this.descendants.push(report.pid);
      this.#waiting.get(report.number)?.();
      this.#waiting.delete(report.number);
      return;
    }
    const atUs = history.nowUs(BigInt(report.atNs));
    const process = this.tag;
    switch (report.tell) {
      case 'received':
      case 'sent': {
        const bytes = Buffer.from(report.base64, 'base64');
        const direction = report.tell;
        history.add({ kind: 'worker-bytes', process, direction, ...bytesMember(bytes) }, atUs);
        if (direction === 'received') this.#read(bytes);
        break;
      }
      case 'signal':
        this.signals.push(report.signal);
        history.add(
          { kind: 'observation', process, name: 'signal-received', value: report.signal },
          atUs,
        );
        break;
      case 'stdin-end':
        this.hasStdinEnded = true;
        history.add({ kind: 'observation', process, name: 'stdin-ended', value: true }, atUs);
        break;
      case 'exit':
        this.#exitCode = report.code;
        this.#exitedUs = atUs;
        break;
    }
    onNews();
  }

  #read(bytes: Buffer): void {
    for (const line of this.#splitter.push(bytes)) {
      const frame = { ...frameFromLine(line, this.#options.sessionIdField), bytes: line };
      this.received.push(frame);
      if (frame.kind === 'request' && frame.method?.startsWith('probe/hold')) this.held.push(frame);
    }
  }

  /** Its end of the control socket is closed: its process is gone. */
  exited(): void {
    if (this.hasExited) return;
    this.hasExited = true;
    const { history, onNews } = this.#options;
    if (this.#unwrittenBytes > 0) this.#noteUnwritten();
    const exit = this.#exitCode === null ? {} : { exitCode: this.#exitCode };
    history.add(
      { kind: 'process', process: this.tag, event: 'exit', pid: this.pid, ...exit },
      this.#exitedUs,
    );
    for (const resolve of this.#waiting.values()) resolve();
    this.#waiting.clear();
    onNews();
  }

  #noteUnwritten(): void {
    this.#options.history.add({
      kind: 'observation',
      process: this.tag,
      name: 'unwritten-bytes',
      value: this.#unwrittenBytes,
    });
  }

  /** Gives an order; resolves when it is carried out, or the worker is gone. */
  order(order: ProbeOrder): Promise<void> {
    if (this.hasExited) return Promise.resolve();
    const fault = faultOf(order);
    if (fault !== undefined) this.#options.history.add({ kind: 'fault', fault, target: this.tag });
    const number = ++this.#lastOrder;
    return new Promise((resolve) => {
      this.#waiting.set(number, resolve);
      writeOrder(this.#options.socket, { ...order, number });
    });
  }

  /** Writes on its stdout. */
  write(bytes: string | Buffer, times = 1): Promise<void> {
    const base64 = Buffer.from(bytes).toString('base64');
    return this.order({ order: 'write', base64, ...(times === 1 ? {} : { times }) });
  }

  /**
   * Writes bytes many times without a record of them: for what no client may get or ever reads.
   * Resolves when the system has taken them.
   */
  flood(stream: 'stdout' | 'stderr', bytes: string | Buffer, times: number): Promise<void> {
    const base64 = Buffer.from(bytes as string).toString('base64');
    return this.order({ order: 'flood', stream, base64, times });
  }

  /** All that it did is in the history when this resolves. */
  async sync(): Promise<void> {
    await this.order({ order: 'sync' });
    if (this.#unwrittenBytes > 0 && !this.hasExited) this.#noteUnwritten();
  }

  /** Writes a notification of a session. */
  notify(method: string, members: object = {}): Promise<void> {
    return this.write(`${JSON.stringify({ jsonrpc: '2.0', method, ...members })}\n`);
  }

  /** Writes a request of its own. */
  ask(id: number | string, method: string, members: object = {}): Promise<void> {
    return this.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, ...members })}\n`);
  }

  /** Answers a request that it has read: with the id and the session as they were spelled. */
  reply(
    request: ProbeFrame,
    outcome: { result: unknown } | { error: unknown } = outcomeFor(request),
  ): Promise<void> {
    const written = this.write(Buffer.from(`${this.responseTo(request, outcome)}\n`, 'latin1'));
    // Only now: a worker that was told to end does so when it holds nothing more.
    this.abandon(request);
    return written;
  }

  /** Holds a request no longer: it was answered by other means, or never will be. */
  abandon(request: ProbeFrame): void {
    const index = this.held.indexOf(request);
    if (index < 0) return;
    this.held.splice(index, 1);
    void this.order({ order: 'forget', idJson: latin1From(request.idJson ?? '') });
  }

  /** Answers all that waits. */
  async releaseAll(): Promise<void> {
    for (const request of [...this.held]) await this.reply(request);
  }

  /** The line that answers a request, as latin1 of its bytes. */
  responseTo(
    request: ProbeFrame,
    outcome: { result: unknown } | { error: unknown } = outcomeFor(request),
  ): string {
    const { sessionIdField } = this.#options;
    const text = latin1From(JSON.stringify({ ...outcome }).slice(1));
    const session =
      request.sessionId === undefined
        ? ''
        : `,${JSON.stringify(sessionIdField)}:${JSON.stringify(request.sessionId)}`;
    const sessionBytes = latin1From(session);
    return `{"jsonrpc":"2.0","id":${latin1From(request.idJson ?? 'null')}${sessionBytes},${text}`;
  }

  /** Sends it a signal; it is seen to act by what follows. */
  signal(signal: NodeJS.Signals): void {
    const { history } = this.#options;
    const fault = signal === 'SIGSTOP' ? 'stop' : signal === 'SIGCONT' ? 'continue' : 'kill';
    history.add({ kind: 'fault', fault, target: this.tag, signal });
    send(this.pid, signal);
  }

  /** Kills it and what it has started: the scene is over. */
  destroy(): void {
    for (const pid of this.descendants) send(pid, 'SIGKILL');
    if (!this.hasExited) send(this.pid, 'SIGKILL');
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

function latin1From(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** Names the request: no two answers are the same, and each shows what it answers. */
function outcomeFor(request: ProbeFrame): { result: unknown } {
  const mark = markOf(request);
  return { result: mark === undefined ? {} : { mark } };
}

/** Orders that do harm are faults of the suite's own making. */
function faultOf({ order }: ProbeOrder): 'close-stdout' | 'exit' | 'stall' | undefined {
  if (order === 'close-stdout' || order === 'close-stdin') return 'close-stdout';
  if (order === 'exit') return 'exit';
  return order === 'pause' ? 'stall' : undefined;
}
