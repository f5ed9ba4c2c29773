import type { Dialect } from '../../schemas/generated/subject.ts';
import type { Clock } from '../bus/clock.ts';
import type { Log } from '../bus/log.ts';
import { createEnvelopeScanner } from '../envelope-scanner.ts';
import { responseLine } from './dialect.ts';
import { type FrameKind, FramePort, type FramePortOptions } from './frame-port.ts';
import { type HandshakeSource, Handshakes, type RecordedHandshake } from './handshakes.ts';
import { OrphanGuard } from './orphan-guard.ts';
import type { ServerCommand } from './server-process.ts';
import { ServerQuestions } from './server-questions.ts';
import { ServerTable } from './server-table.ts';
import { workerCodes } from './worker-codes.ts';
import { type Work, WorkerLife } from './worker-life.ts';
import { WrappedServer } from './wrapped-server.ts';

export interface WrapperSettings extends FramePortOptions {
  readonly server: ServerCommand;
  readonly serverDialect: Dialect;
  readonly handshake: HandshakeSource;
  readonly maxServers: number;
  readonly idleMs: number;
  readonly maxPending: number;
  readonly maxQueueBytes: number;
  readonly endTimeoutMs: number;
  readonly drainTimeoutMs: number;
  readonly onStderr: (name: string, line: string) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** A worker whose work is done by servers that know nothing of sessions, one for each session. */
export class Wrapper implements Work {
  readonly life: WorkerLife;
  readonly #settings: WrapperSettings;
  readonly #port: FramePort;
  readonly #servers: ServerTable;
  readonly #guard = new OrphanGuard();
  readonly #questions = new ServerQuestions<WrappedServer>();
  readonly #handshakes: Handshakes;
  /** Of the servers' lines, in which a session member means nothing. */
  readonly #scanner = createEnvelopeScanner({ sessionIdField: '\u0000' });

  constructor(settings: WrapperSettings) {
    const { clock, maxServers, idleMs, handshake, log } = settings;
    this.#settings = settings;
    this.#handshakes = new Handshakes(handshake, givenHandshake(handshake));
    this.#servers = new ServerTable({
      clock,
      maxServers,
      idleMs,
      start: (sessionId) => this.#start(sessionId),
    });
    this.#port = new FramePort(settings, {
      onFrame: (kind, bytes, start, end) => this.#takeFrame(kind, bytes, start, end),
      onLostResponse: (idJson) => this.#loseResponse(idJson),
      onFull: (isFull) => {
        for (const server of this.#servers.all()) server.pause(isFull);
      },
      onEnd: () => this.life.drain('the end of stdin'),
      onBroken: (error) => {
        log.warn({ error: error.message }, 'stdout cannot be written');
        this.life.destroy('stdout cannot be written');
      },
    });
    this.life = new WorkerLife(settings, this.#port, this);
  }

  /** The processes of the servers that run. */
  pids(): number[] {
    return this.#servers.all().flatMap(({ pid }) => pid ?? []);
  }

  isIdle(): boolean {
    return this.#servers.all().length === 0;
  }

  onDrain(): void {
    for (const server of this.#servers.all()) {
      if (server.isIdle) this.#servers.end(server);
    }
  }

  cutOff(): void {
    for (const server of this.#servers.all()) server.kill();
  }

  abandon(): void {
    for (const server of this.#servers.all()) server.abandon('the time to drain is over');
  }

  async close(): Promise<void> {
    this.#guard.close();
  }

  destroy(): void {
    this.#guard.killAll();
    this.#guard.close();
  }

  #start(sessionId: string | undefined): WrappedServer {
    const { settings, name } = { settings: this.#settings, name: sessionId ?? 'default' };
    const { log, onStderr } = settings;
    const server: WrappedServer = new WrappedServer({
      ...settings,
      sessionId,
      spelling: settings,
      scanner: this.#scanner,
      handshakes: this.#handshakes,
      questions: this.#questions,
      guard: this.#guard,
      bus: {
        sendBytes: (frame) => this.#port.sendBytes(frame),
        refuse: (to, error) => this.#port.refuse(to, error),
        respond: (to, outcome) => this.#port.send(responseLine(settings, to, outcome)),
      },
      onStderr: (line) => onStderr(name, line),
      onStray: (what) => log.warn({ session: `[${name}]` }, `the server wrote ${what}`),
      onAnswered: () => {
        if (!this.life.takesNew && server.isIdle) this.#servers.end(server);
      },
      onExit: (reason) => {
        log.info({ session: `[${name}]`, reason }, 'a server has ended');
        this.#servers.delete(server);
        this.life.check();
      },
    });
    log.info({ session: `[${name}]`, pid: server.pid }, 'a server was started');
    if (this.#port.isFull) server.pause(true);
    return server;
  }

  #takeFrame(kind: FrameKind, bytes: Buffer, start: number, end: number): void {
    const { scanner } = this.#port;
    const idJson = scanner.idJson();
    if (kind === 'response') {
      this.#takeResponse(bytes, start, end, idJson);
      return;
    }
    const sessionId = scanner.sessionId();
    const method = scanner.method() as string;
    const isRequest = kind === 'request';
    const server = this.#serverFor(sessionId, isRequest);
    if (typeof server !== 'string') {
      server.take(bytes, start, end, { method, idJson: isRequest ? idJson : undefined });
      return;
    }
    const message = `${server}; retry later`;
    if (!isRequest) this.#settings.log.warn({ method }, `a notification was dropped: ${server}`);
    else this.#port.refuse({ idJson, sessionId }, { code: workerCodes.overloaded, message });
  }

  /** The server that takes a frame, or why none does. */
  #serverFor(sessionId: string | undefined, isRequest: boolean): WrappedServer | string {
    const { maxPending } = this.#settings;
    if (!this.life.takesNew) {
      const running = isRequest ? undefined : this.#servers.running(sessionId);
      return running ?? 'the worker is ending';
    }
    if (isRequest && this.#servers.pendingCount >= maxPending) return 'too much is pending';
    const server = this.#servers.serverOf(sessionId);
    if (server === undefined) return 'too many sessions are at work';
    return server.isFull ? 'the server of this session is behind' : server;
  }

  #takeResponse(bytes: Buffer, start: number, end: number, id: string): void {
    const question = this.#questions.take(id);
    if (question !== undefined) {
      question.server.takeResponse(bytes, start, end, question.idJson);
    } else this.#settings.log.warn({ id }, 'a response to nothing that is open');
  }

  #loseResponse(id: string): void {
    const error = { code: workerCodes.internalError, message: 'the response was too long' };
    const bytes = Buffer.from(JSON.stringify({ id: 0, error }));
    this.#takeResponse(bytes, 0, bytes.length, id);
  }
}

/** Given frames as a handshake: without what the wrapper sets itself. */
function givenHandshake(source: HandshakeSource): RecordedHandshake | undefined {
  if (typeof source === 'string') return undefined;
  const frames = source.map((given) => {
    const { id, jsonrpc: _, ...frame } = given as { id?: unknown; jsonrpc?: unknown };
    return { frame: Buffer.from(JSON.stringify(frame)), isRequest: id !== undefined };
  });
  return { frames };
}
