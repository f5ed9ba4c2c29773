import { StringDecoder } from 'node:string_decoder';
import { topLevelMembers } from '../../history/top-level-members.ts';

export interface PlainFrame {
  readonly jsonrpc?: string;
  readonly id?: unknown;
  readonly method?: unknown;
  readonly sessionId?: unknown;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** A request, with its id as it is spelled. */
export interface PlainRequest {
  readonly frame: PlainFrame;
  readonly idJson: string;
  readonly method: string;
}

export type Outcome =
  | { readonly result: unknown }
  | { readonly error: { readonly code: number; readonly message: string } };

/**
 * A worker without a fault, in so many parts as faults need: each mutant is this with one part that goes
 * another way.
 */
export class PlainWorker {
  #rest: Buffer[] = [];
  #pending = 0;
  #isEnding = false;

  run(): void {
    this.greet();
    process.stdin.on('data', (chunk: Buffer) => this.onChunk(chunk));
    process.stdin.once('end', () => this.onStdinEnd());
    process.on('SIGTERM', () => this.onSigterm());
  }

  greet(): void {}

  onChunk(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      this.onLine(Buffer.concat([...this.#rest, chunk.subarray(start, end)]));
      this.#rest = [];
      start = end + 1;
    }
    if (start < chunk.length) this.#rest.push(chunk.subarray(start));
  }

  onLine(line: Buffer): void {
    const text = this.decode(line);
    if (text.trim() === '') return;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.onBadLine(text);
      return;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.onNoFrame(value);
    else this.onFrame(value, text);
  }

  decode(line: Buffer): string {
    return new StringDecoder('utf8').end(line);
  }

  onBadLine(text: string): void {
    process.stderr.write(`not JSON: ${text.slice(0, 100)}\n`);
  }

  onNoFrame(value: unknown): void {
    process.stderr.write(`no frame: ${typeof value}\n`);
  }

  onFrame(frame: PlainFrame, text: string): void {
    const { id, method } = frame;
    const isUsable = typeof id === 'string' || typeof id === 'number';
    if (typeof method !== 'string') this.onOther(frame);
    else if (!('id' in frame)) this.onNotification(frame);
    else if (!isUsable || 'result' in frame) this.onOther(frame);
    else this.onRequest({ frame, idJson: this.idOf(text), method });
  }

  onRequest(request: PlainRequest): void {
    this.#pending++;
    void this.serve(request).then((outcome) => {
      this.#pending--;
      this.reply(request, outcome);
      this.endIfDone();
    });
  }

  onOther(_frame: PlainFrame): void {
    process.stderr.write('a response, or no frame\n');
  }

  onNotification(_frame: PlainFrame): void {}

  idOf(text: string): string {
    const member = topLevelMembers(text).findLast(({ name }) => name === 'id');
    return member === undefined ? 'null' : text.slice(member.valueStart, member.valueEnd);
  }

  async serve(request: PlainRequest): Promise<Outcome> {
    const { method, frame } = request;
    if (method === 'ping') return { result: { pong: true } };
    if (method === 'echo') return { result: frame.params ?? {} };
    if (method === 'fail') return { error: { code: -32000, message: 'as asked' } };
    if (method === 'count') return this.count(request);
    if (method === 'wait') return this.wait(request);
    return this.unknown(request);
  }

  async unknown(_request: PlainRequest): Promise<Outcome> {
    return { error: { code: -32601, message: 'unknown method' } };
  }

  async count(request: PlainRequest): Promise<Outcome> {
    for (let n = 1; n <= 3; n++) this.notify(request, n);
    return { result: { counted: 3 } };
  }

  notify({ frame: { sessionId } }: PlainRequest, n: number): void {
    this.send({ method: 'counted', sessionId, params: { n } });
  }

  async wait(_request: PlainRequest): Promise<Outcome> {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return { result: {} };
  }

  reply({ frame, idJson }: PlainRequest, outcome: Outcome): void {
    this.write(this.line({ sessionId: frame.sessionId, ...outcome }, idJson));
  }

  send(members: object): void {
    this.write(this.line(members));
  }

  line(members: object, idJson?: string): string {
    const id = idJson === undefined ? '' : `"id":${idJson},`;
    return `{"jsonrpc":"2.0",${id}${JSON.stringify(members).slice(1)}\n`;
  }

  /** While nobody reads, it reads no more. */
  write(text: string): void {
    if (process.stdout.write(text) || process.stdin.isPaused()) return;
    process.stdin.pause();
    process.stdout.once('drain', () => process.stdin.resume());
  }

  onSigterm(): void {
    this.drain();
  }

  onStdinEnd(): void {
    this.drain();
  }

  /** What is in the pipe already is read in the next turns. */
  drain(): void {
    const isWritten = () => process.stdout.writableLength === 0;
    const settle = (turns: number): void => {
      if (turns > 0) setImmediate(settle, isWritten() ? turns - 1 : 5);
      else {
        this.#isEnding = true;
        this.endIfDone();
      }
    };
    settle(5);
  }

  endIfDone(): void {
    if (!this.#isEnding || this.#pending > 0) return;
    process.stdout.write('', () => this.exit());
  }

  exit(): void {
    process.exit(0);
  }
}
