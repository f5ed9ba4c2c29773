import type { Dialect } from '../../schemas/generated/subject.ts';
import { OverlongLine } from '../bus/overlong-line.ts';
import type { EnvelopeScanner } from '../envelope-scanner.ts';
import { createFrameDecoder, type FrameDecoder } from '../frame-decoder.ts';
import { frameStarts, type Spelling } from './dialect.ts';
import { frameMembers, memberJson, rewrittenFrame } from './frame-members.ts';
import type { ErrorFacts } from './frame-port.ts';
import type { Handshakes } from './handshakes.ts';
import { isNamingRequest, paramsRenamed } from './request-name.ts';
import { type ServerFrame, ServerHandshake } from './server-handshake.ts';
import { ServerProcess, type ServerProcessOptions } from './server-process.ts';
import type { ServerQuestions } from './server-questions.ts';
import { workerCodes } from './worker-codes.ts';

/** The bus's side, as a server sees it. */
export interface BusSide {
  sendBytes(frame: Buffer): void;
  respond(to: Requester, outcome: string): void;
  refuse(to: Requester, error: ErrorFacts): void;
}

export interface Requester {
  readonly idJson: string;
  readonly sessionId: string | undefined;
}

export interface WrappedServerOptions extends ServerProcessOptions {
  readonly sessionId: string | undefined;
  /** How the bus and its clients spell their frames. */
  readonly spelling: Spelling;
  readonly serverDialect: Dialect;
  readonly maxFrameBytes: number;
  /** Reads the server's lines; of no session member. */
  readonly scanner: EnvelopeScanner;
  readonly handshakes: Handshakes;
  readonly questions: ServerQuestions<WrappedServer>;
  readonly bus: BusSide;
  readonly onStderr: (line: string) => void;
  readonly onStray: (what: string) => void;
  /** A response was passed on. */
  readonly onAnswered: () => void;
  readonly onExit: (reason: string) => void;
}

interface Pending {
  /** The client's id; undefined for a request of a recorded handshake. */
  readonly idJson: string | undefined;
  readonly isInitialize: boolean;
}

/**
 * One server that knows nothing of sessions, for one session: its frames get the session's member and
 * the dialect of the bus, and the bus's frames lose theirs. Implements WRK-2, WRK-3, WRK-10 for it.
 */
export class WrappedServer {
  readonly sessionId: string | undefined;
  /** When a frame last went through, as the clock has it. */
  usedAtMs: number;
  readonly #options: WrappedServerOptions;
  readonly #process: ServerProcess;
  readonly #handshake: ServerHandshake;
  readonly #decoder: FrameDecoder;
  readonly #pending = new Map<number, Pending>();
  readonly #withoutIn: ReadonlySet<string>;
  readonly #withoutOut: ReadonlySet<string>;
  readonly #session: string;
  #lastId = 0;
  #overlong: OverlongLine | undefined;

  constructor(options: WrappedServerOptions) {
    const { sessionId, spelling, handshakes, maxFrameBytes, clock } = options;
    const { sessionIdField } = spelling;
    this.#options = options;
    this.sessionId = sessionId;
    this.usedAtMs = clock.nowMs();
    this.#session =
      sessionId === undefined
        ? ''
        : `${JSON.stringify(sessionIdField)}:${JSON.stringify(sessionId)},`;
    this.#withoutOut = new Set(['jsonrpc', 'id', sessionIdField]);
    // Servers that are strict about their envelope refuse what they do not know.
    this.#withoutIn = new Set([...this.#withoutOut, 'pool', 'agentId', '_ext']);
    this.#handshake = new ServerHandshake(sessionId, handshakes, {
      forward: (frame) => this.#forward(frame),
      replay: (frame, isRequest) => this.#replay(frame, isRequest),
      answer: (idJson, outcome) => this.#answer(idJson, outcome),
    });
    this.#decoder = createFrameDecoder(
      { maxFrameBytes },
      {
        onLine: (bytes, start, end) => this.#takeLine(bytes, start, end),
        onOverlong: () => {
          this.#overlong = new OverlongLine();
        },
        onDiscarded: (bytes, start, end) => this.#overlong?.read(bytes, start, end),
        onDiscardedEnd: () => this.#takeOverlong(),
        onUnterminated: () => options.onStray('half a line'),
      },
    );
    this.#process = new ServerProcess(options, {
      onOutput: (chunk) => this.#decoder.write(chunk),
      onStderr: options.onStderr,
      onExit: (reason) => this.#exited(reason),
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Requests that the server has not answered. */
  get pendingCount(): number {
    return this.#pending.size + this.#handshake.waitingIds().length;
  }

  /** Whether nothing is under way. */
  get isIdle(): boolean {
    return this.#pending.size === 0 && !this.#handshake.isWaiting;
  }

  /** Whether it reads so slowly that it is given no more requests. */
  get isFull(): boolean {
    return this.#process.isFull;
  }

  /** Takes a request or a notification of the session; the bytes are copied. */
  take(bytes: Buffer, start: number, end: number, of: Omit<ServerFrame, 'frame'>): void {
    this.usedAtMs = this.#options.clock.nowMs();
    const rewrite = { first: '', without: this.#withoutIn };
    const frame = rewrittenFrame(bytes, frameMembers(bytes, start, end), rewrite);
    this.#handshake.take({ ...of, frame });
  }

  /** Takes the client's response to a request of the server, which spelled its id so. */
  takeResponse(bytes: Buffer, start: number, end: number, idJson: string): void {
    this.usedAtMs = this.#options.clock.nowMs();
    const rewrite = { first: `${this.#startIn}"id":${idJson},`, without: this.#withoutIn };
    this.#process.write(rewrittenFrame(bytes, frameMembers(bytes, start, end), rewrite));
  }

  pause(isPaused: boolean): void {
    this.#process.pause(isPaused);
  }

  end(): void {
    this.#process.end();
  }

  kill(): void {
    this.#process.kill();
  }

  /** Answers what is pending with errors: nothing comes any more. */
  abandon(reason: string): void {
    const { bus, sessionId } = this.#options;
    const open = [...this.#pending.values()].flatMap(({ idJson }) => idJson ?? []);
    const waiting = this.#handshake.waitingIds();
    this.#pending.clear();
    this.#handshake.end();
    for (const idJson of [...open, ...waiting]) {
      const data = { name: 'SERVER_LOST', delivered: open.includes(idJson) };
      const message = `the server of this session is lost: ${reason}`;
      bus.refuse({ idJson, sessionId }, { code: workerCodes.ended, message, data });
    }
  }

  get #startIn(): string {
    return frameStarts[this.#options.serverDialect];
  }

  get #startOut(): string {
    return frameStarts[this.#options.spelling.dialect];
  }

  #forward({ frame, method, idJson }: ServerFrame): void {
    if (idJson === undefined) {
      this.#process.write(withFirst(frame, this.#startIn));
      return;
    }
    const id = this.#add({ idJson, isInitialize: method === 'initialize' });
    this.#process.write(withFirst(frame, `${this.#startIn}"id":${id},`));
  }

  #replay(frame: Buffer, isRequest: boolean): void {
    const id = isRequest ? this.#add({ idJson: undefined, isInitialize: false }) : undefined;
    const member = id === undefined ? '' : `"id":${id},`;
    this.#process.write(withFirst(frame, `${this.#startIn}${member}`));
  }

  #add(pending: Pending): number {
    this.#pending.set(++this.#lastId, pending);
    return this.#lastId;
  }

  #answer(idJson: string, outcome: string): void {
    const { bus, sessionId } = this.#options;
    bus.respond({ idJson, sessionId }, outcome);
  }

  #takeLine(bytes: Buffer, start: number, end: number): void {
    const { scanner, onStray } = this.#options;
    const kind = scanner.scan(bytes, start, end);
    if (kind === 'blank') return;
    this.usedAtMs = this.#options.clock.nowMs();
    const idJson = scanner.idJson();
    if (kind === 'response') this.#takeServerResponse(bytes, start, end, idJson);
    else if (kind === 'refused') {
      onStray(`a line that is no frame: ${scanner.fault}`);
      if (scanner.method() === undefined) this.#lose(idJson);
    } else this.#takeServerFrame(bytes, start, end, kind === 'request' ? idJson : undefined);
  }

  #takeServerResponse(bytes: Buffer, start: number, end: number, idJson: string): void {
    const pending = this.#takePending(idJson);
    if (pending === undefined) {
      this.#options.onStray('a response to nothing that is pending');
      return;
    }
    const members = frameMembers(bytes, start, end);
    if (pending.idJson !== undefined) {
      const first = `${this.#startOut}"id":${pending.idJson},${this.#session}`;
      const rewrite = { first, without: this.#withoutOut };
      this.#options.bus.sendBytes(rewrittenFrame(bytes, members, rewrite));
    }
    if (pending.isInitialize || pending.idJson === undefined) {
      const result = memberJson(bytes, members, 'result');
      const outcome =
        result === undefined
          ? `"error":${memberJson(bytes, members, 'error')}`
          : `"result":${result}`;
      if (pending.isInitialize) this.#handshake.initialized(outcome);
      else this.#handshake.replayed(outcome);
    }
    this.#options.onAnswered();
  }

  /** A request or a notification of the server. */
  #takeServerFrame(bytes: Buffer, start: number, end: number, idJson: string | undefined): void {
    const { questions, bus, scanner } = this.#options;
    const isNaming = idJson === undefined && isNamingRequest(scanner.method());
    const members = frameMembers(bytes, start, end);
    const id = idJson === undefined ? '' : `"id":${questions.add(this, idJson)},`;
    const nameOf = (name: string) => questions.nameOf(this, name);
    const params = isNaming
      ? paramsRenamed(memberJson(bytes, members, 'params'), nameOf)
      : undefined;
    const first = `${this.#startOut}${id}${this.#session}${params === undefined ? '' : `"params":${params},`}`;
    const without =
      params === undefined ? this.#withoutOut : new Set([...this.#withoutOut, 'params']);
    bus.sendBytes(rewrittenFrame(bytes, members, { first, without }));
  }

  #takeOverlong(): void {
    const { hasMethod, idJson = 'null' } = this.#overlong ?? {};
    this.#overlong = undefined;
    this.#options.onStray(`a line longer than ${this.#options.maxFrameBytes} bytes`);
    if (!hasMethod) this.#lose(idJson);
  }

  /** What the server answered to this request cannot be passed on. */
  #lose(id: string): void {
    const { bus, sessionId, onAnswered } = this.#options;
    const pending = this.#takePending(id);
    if (pending === undefined) return;
    const error = {
      code: workerCodes.internalError,
      message: 'the server answered with what is no frame',
    };
    const outcome = `"error":${JSON.stringify(error)}`;
    if (pending.idJson !== undefined) bus.refuse({ idJson: pending.idJson, sessionId }, error);
    if (pending.isInitialize) this.#handshake.initialized(outcome);
    else if (pending.idJson === undefined) this.#handshake.replayed(outcome);
    onAnswered();
  }

  /** The pending request with this id of ours, however the server spells a number. */
  #takePending(idJson: string): Pending | undefined {
    const id = idJson.startsWith('"') ? Number.NaN : Number(idJson);
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #exited(reason: string): void {
    this.#decoder.end();
    this.#options.questions.forget(this);
    this.abandon(reason);
    this.#options.onExit(reason);
  }
}

/** A frame of ours, which has no space after its brace, with more members in front. */
function withFirst(frame: Buffer, first: string): Buffer {
  return Buffer.concat([Buffer.from(`{${first}`), frame.subarray(1)]);
}
