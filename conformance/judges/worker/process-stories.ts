import type {
  ClosedParams,
  ExitedParams,
  OutputParams,
  ReadParams,
  ReadResult,
  StartParams,
} from '../../../schemas/generated/process.ts';
import {
  validateClosedParams,
  validateExitedParams,
  validateOutputParams,
} from '../../../schemas/generated/process.validate.ts';
import type { Line, Story } from '../../history/story.ts';
import { exchangesOf } from './exchanges.ts';
import { sessionOf, workerFramesOf } from './session-ids.ts';

/** An event of a process, as the worker has sent it. */
export interface ProcessEvent {
  readonly line: Line;
  readonly kind: 'output' | 'exited' | 'closed';
  readonly seq: number;
  /** Of output: where it came from, and its bytes. */
  readonly stream?: string;
  readonly bytes?: Buffer;
  /** Of an exit. */
  readonly exitCode?: number;
  readonly sandboxDenied?: boolean | null;
}

/** A `process/read` with its answer. */
export interface ProcessRead {
  readonly request: Line;
  readonly response: Line;
  readonly afterSeq: number;
  readonly maxBytes: number;
  readonly waitMs: number;
  /** Absent where it is an error. */
  readonly result?: ReadResult;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

/** A process that was started, with everything that the history says of it. */
export interface StartedProcess {
  readonly processId: string;
  readonly session: string | undefined;
  readonly start: Line;
  readonly params: StartParams;
  readonly events: readonly ProcessEvent[];
  readonly reads: readonly ProcessRead[];
}

export interface ProcessStory {
  readonly processes: readonly StartedProcess[];
  /** Events of no process that was started. */
  readonly strays: readonly Line[];
  /** Events with params that are none. */
  readonly malformed: readonly { readonly line: Line; readonly fault: string }[];
}

const known = new WeakMap<Story, ProcessStory>();

/** The processes of a history, in the order of their starts. */
export function processStoryOf(story: Story): ProcessStory {
  const found = known.get(story) ?? processStoryFrom(story);
  known.set(story, found);
  return found;
}

/** A process by its id; the last one where the id was used again. */
export function processOf(
  story: Story,
  processId: string,
  session?: string,
): StartedProcess | undefined {
  return processStoryOf(story).processes.findLast(
    (each) => each.processId === processId && (session === undefined || each.session === session),
  );
}

/** The one event of its kind. */
export function eventOf(
  { events }: StartedProcess,
  kind: 'exited' | 'closed',
): ProcessEvent | undefined {
  return events.find((each) => each.kind === kind);
}

/** What came of one stream, or of all. */
export function outputOf({ events }: StartedProcess, stream?: string): Buffer {
  const chunks = events.filter((each) => stream === undefined || each.stream === stream);
  return Buffer.concat(chunks.flatMap(({ bytes }) => (bytes === undefined ? [] : [bytes])));
}

type Growing = StartedProcess & {
  readonly events: ProcessEvent[];
  readonly reads: ProcessRead[];
};

function processStoryFrom(story: Story): ProcessStory {
  const processes: Growing[] = [];
  const { exchanges } = exchangesOf(story);
  for (const { request, responses } of exchanges) {
    if (request.method !== 'process/start' || responses[0]?.isError !== false) continue;
    const params = paramsOf(request) as unknown as StartParams;
    const { processId } = params;
    const session = request.sessionId;
    processes.push({ processId, session, start: request, params, events: [], reads: [] });
  }
  const ownerOf = (line: Line, session: string | undefined, atUs: number) => {
    const { processId } = paramsOf(line);
    return processes.findLast(
      (each) => each.processId === processId && each.session === session && each.start.atUs <= atUs,
    );
  };
  const strays: Line[] = [];
  const malformed: { line: Line; fault: string }[] = [];
  for (const line of workerFramesOf(story)) {
    if (line.kind !== 'notification' || !line.method?.startsWith('process/')) continue;
    const owner = ownerOf(line, sessionOf(story, line), line.atUs);
    const event = eventFrom(line);
    if (typeof event === 'string') malformed.push({ line, fault: event });
    else if (owner === undefined) strays.push(line);
    else owner.events.push(event);
  }
  for (const {
    request,
    responses: [response],
  } of exchanges) {
    if (request.method !== 'process/read' || response === undefined) continue;
    ownerOf(request, request.sessionId, request.atUs)?.reads.push(readFrom(request, response));
  }
  return { processes, strays, malformed };
}

/** The event of a notification; a text where it is none. */
function eventFrom(line: Line): ProcessEvent | string {
  const params: unknown = paramsOf(line);
  switch (line.method) {
    case 'process/output': {
      if (!validateOutputParams(params)) return faultOf(validateOutputParams.errors);
      const { seq, stream, chunk } = params as OutputParams;
      return { line, kind: 'output', seq, stream, bytes: Buffer.from(chunk, 'base64') };
    }
    case 'process/exited': {
      if (!validateExitedParams(params)) return faultOf(validateExitedParams.errors);
      const { seq, exitCode, sandboxDenied } = params as ExitedParams;
      return {
        ...{ line, kind: 'exited', seq, exitCode },
        ...(sandboxDenied === undefined ? {} : { sandboxDenied }),
      };
    }
    case 'process/closed':
      if (!validateClosedParams(params)) return faultOf(validateClosedParams.errors);
      return { line, kind: 'closed', seq: (params as ClosedParams).seq };
    default:
      return 'an event that the profile does not have';
  }
}

type ValidationErrors =
  | readonly { readonly instancePath: string; readonly message?: string | undefined }[]
  | null
  | undefined;

/** What is wrong with a value, by the schema. */
export function faultOf(errors: ValidationErrors): string {
  const [first] = errors ?? [];
  return `${first?.instancePath || 'params'} ${first?.message ?? 'is not as it has to be'}`;
}

function readFrom(request: Line, response: Line): ProcessRead {
  const { afterSeq, maxBytes, waitMs } = paramsOf(request) as Partial<ReadParams>;
  const { result, error } = JSON.parse(response.bytes.toString()) as Pick<
    ProcessRead,
    'result' | 'error'
  >;
  return {
    request,
    response,
    afterSeq: afterSeq ?? 0,
    maxBytes: maxBytes ?? Infinity,
    waitMs: waitMs ?? 0,
    ...(error === undefined && result !== undefined ? { result } : {}),
    ...(error === undefined ? {} : { error }),
  };
}

function paramsOf({ bytes }: Line): Record<string, unknown> {
  const { params } = JSON.parse(bytes.toString()) as { params?: unknown };
  return typeof params === 'object' && params !== null ? (params as Record<string, unknown>) : {};
}
