import type { Dialect } from '../../schemas/generated/subject.ts';
import type { WorkerSubject } from '../../schemas/generated/worker-subject.ts';
import type { UntilOptions } from '../scene/waiter.ts';
import type { ProbeName } from '../worker-scenario.ts';
import { type FrameParts, frameText, withReplaced } from './frame-text.ts';
import type { WorkerFrame, WorkerPipes } from './worker-pipes.ts';
import type { WorkerSession } from './worker-session.ts';

export interface WorkerRequest {
  /** A request of the manifest. Default: `quick`, or where there is none an unknown method. */
  readonly probe?: ProbeName;
  /** Another method than that of a probe. */
  readonly method?: string;
  readonly params?: unknown;
  readonly session?: WorkerSession;
  /** The id as it is to be spelled; default: a number of the scene's own. */
  readonly idJson?: string;
}

/** A request that was made. */
export interface WorkerCall {
  readonly idJson: string;
  readonly line: string;
  /** Waits for its response. */
  response(options?: UntilOptions): Promise<WorkerFrame>;
  isAnswered(): boolean;
}

/** What no worker knows. */
export const unknownMethod = 'conformance/no-such-method';

/** What the requests of a scene need of it. */
export interface CallContext {
  readonly subject: WorkerSubject;
  readonly dialect: Dialect;
  /** Undefined before the worker was launched. */
  pipes(): WorkerPipes | undefined;
  until<T>(what: string, find: () => T | undefined | false, options: UntilOptions): Promise<T>;
}

/** The requests of a scene: their lines, their ids, and the responses that have come. */
export class WorkerCalls {
  /** All that were prepared. */
  readonly all: WorkerCall[] = [];

  readonly #context: CallContext;
  #lastId = 0;

  constructor(context: CallContext) {
    this.#context = context;
  }

  /** The request that the manifest has under this name. */
  probe(name: ProbeName): Readonly<Record<string, unknown>> | undefined {
    return this.#context.subject.probes?.[name] as Record<string, unknown> | undefined;
  }

  /** The line of any frame, without its LF. */
  text(parts: FrameParts): string {
    return frameText(this.#context.dialect, parts);
  }

  /** A request of the manifest, or else of the method that is named. */
  request(request: WorkerRequest): WorkerCall {
    const { probe = 'quick', method, params, session, idJson } = request;
    const frame = method === undefined ? this.probe(probe) : undefined;
    const parts = frame === undefined ? { method: method ?? unknownMethod, params } : { frame };
    return this.prepare({ ...parts, session, ...(idJson && { idJson }) });
  }

  /** A request with large params: of the manifest, or else of an unknown method. */
  large(session: WorkerSession, text: string): WorkerCall {
    const large = this.probe('large');
    const parts =
      large === undefined
        ? { method: unknownMethod, params: { text } }
        : { frame: withReplaced(large, '{large}', text) as Record<string, unknown> };
    return this.prepare({ ...parts, session });
  }

  /** A request, with an id of its own unless it has one. */
  prepare(parts: FrameParts): WorkerCall {
    const { idJson = String(++this.#lastId) } = parts;
    const responses = () => this.#context.pipes()?.responsesTo(idJson) ?? 0;
    const before = responses();
    const call: WorkerCall = {
      idJson,
      line: this.text({ ...parts, idJson }),
      isAnswered: () => responses() > before,
      response: (options = {}) => this.#responseTo(idJson, options),
    };
    this.all.push(call);
    return call;
  }

  #responseTo(idJson: string, options: UntilOptions): Promise<WorkerFrame> {
    const value = JSON.parse(idJson);
    const find = () => {
      const pipes = this.#context.pipes();
      if (pipes === undefined || pipes.responsesTo(idJson) === 0) return undefined;
      return pipes.received.findLast(
        (frame) =>
          frame.kind === 'response' &&
          frame.idJson !== undefined &&
          JSON.parse(frame.idJson) === value,
      );
    };
    return this.#context.until('a response', find, options);
  }

  /** Waits until every request has its response. */
  allAnswered(options: UntilOptions): Promise<true> {
    const open = new Set(this.all);
    const find = () => {
      for (const call of open) if (call.isAnswered()) open.delete(call);
      return open.size === 0 || undefined;
    };
    return this.#context.until('all responses', find, options);
  }
}
