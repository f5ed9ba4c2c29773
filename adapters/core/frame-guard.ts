import { createEnvelopeScanner, type EnvelopeScanner } from '../../reference/envelope-scanner.ts';
import { scanFaults } from '../../reference/scan-fault.ts';
import type { Trace } from '../../schemas/generated/ext.ts';
import { busFailure, type Failure } from './failure.ts';
import { type Edit, lineFromFrame, membersAdded } from './frame-edit.ts';
import { type FoundMembers, findMembers, type Span, stringIn } from './frame-members.ts';
import type { Caller } from './identity.ts';
import type { SessionOwners } from './session-owners.ts';

/** What the adapter adds to a frame, where the frame does not say it itself. */
export interface FrameAdditions {
  /** Refused where the frame names another. */
  readonly sessionId?: string | undefined;
  /** As `sessionId`. */
  readonly pool?: string | undefined;
  /** The frame's own trace wins. */
  readonly trace?: Trace | undefined;
  /** In the place of the frame's trace too: the adapter's own span. */
  readonly traceparent?: string | undefined;
  /** Replaces the id, or gives one: JSON. */
  readonly idJson?: string | undefined;
}

/** A frame that may go to the bus. */
export interface CheckedFrame {
  readonly kind: 'request' | 'notification' | 'response';
  /** The line with its LF. */
  readonly line: Buffer;
  /** The id as the caller spelled it; `null` where it had none. */
  readonly idJson: string;
  readonly method: string | undefined;
  readonly sessionId: string | undefined;
}

export interface RefusedFrame {
  readonly kind: 'refused';
  readonly failure: Failure;
  readonly idJson: string;
}

export type GuardResult = CheckedFrame | RefusedFrame | { readonly kind: 'blank' };

/** Checks what callers send. */
export interface FrameGuard {
  /**
   * Checks the frame in `bytes[start, end)` of a caller, and makes the line that goes to the bus. With
   * a caller: its identity is put into `_ext.identity`, one that the frame brings is refused, and so
   * is a session of somebody else. Throws nothing.
   */
  check(
    bytes: Buffer,
    span: Span,
    caller: Caller | undefined,
    additions?: FrameAdditions,
  ): GuardResult;
}

export interface FrameGuardOptions {
  readonly sessionIdField: string;
  readonly maxFrameBytes: number;
  readonly owners: SessionOwners;
}

/** Makes a guard; one serves any number of callers. Throws a RangeError as the scanner does. */
export function createFrameGuard(options: FrameGuardOptions): FrameGuard {
  const { sessionIdField, maxFrameBytes } = options;
  const scanner = createEnvelopeScanner({ sessionIdField });
  return {
    check(bytes, span, caller, additions = {}) {
      if (span.end - span.start > maxFrameBytes) {
        const message = `the frame is longer than ${maxFrameBytes} bytes`;
        return refused('null', busFailure({ name: 'FRAME_TOO_LARGE', message }));
      }
      const kind = scanner.scan(bytes, span.start, span.end);
      if (kind === 'blank') return { kind };
      const idJson = scanner.idJson();
      if (kind === 'refused') return refused(idJson, faultOf(scanner));
      const method = scanner.method();
      const ownSession = scanner.sessionId();
      const sessionId = ownSession ?? additions.sessionId;
      const mismatch = mismatchOf(scanner, additions);
      if (mismatch !== undefined) return refused(idJson, invalid(mismatch));
      const { idStart, idEnd } = scanner;
      const edits: Edit[] = [];
      const added: Record<string, unknown> = {};
      if (ownSession === undefined && additions.sessionId !== undefined) {
        if (!isSessionId(additions.sessionId)) {
          return refused(idJson, invalid('a session id is 1 to 256 bytes'));
        }
        added[sessionIdField] = additions.sessionId;
      }
      if (additions.pool !== undefined && scanner.pool() === undefined) added.pool = additions.pool;
      const problem = extEdits({ bytes, span, caller, additions, edits, added });
      if (problem !== undefined) return refused(idJson, invalid(problem));
      if (caller !== undefined && sessionId !== undefined) {
        const failure = options.owners.claim(sessionId, caller);
        if (failure !== undefined) return refused(idJson, failure);
      }
      let rest = '';
      if (additions.idJson !== undefined) {
        if (idStart >= 0) edits.push({ start: idStart, end: idEnd, text: additions.idJson });
        else rest = `"id":${additions.idJson},`;
      }
      if (rest !== '' || Object.keys(added).length > 0) {
        const { innerStart } = findMembers(bytes, span, []) as FoundMembers;
        const inner = JSON.stringify(added).slice(1, -1);
        const text = `${rest}${inner}${inner === '' ? '' : ','}`;
        edits.push({ start: innerStart, end: innerStart, text });
      }
      const line = lineFromFrame(bytes, span, edits);
      if (line.length - 1 > maxFrameBytes) {
        const message = `with what the adapter adds, the frame is longer than ${maxFrameBytes} bytes`;
        return refused(idJson, busFailure({ name: 'FRAME_TOO_LARGE', message }));
      }
      return { kind, line, idJson, method, sessionId };
    },
  };
}

/** Whether a bus would take it (AFF-6). */
export function isSessionId(text: string): boolean {
  const byteLength = Buffer.byteLength(text);
  return byteLength >= 1 && byteLength <= 256;
}

interface ExtEditing {
  readonly bytes: Buffer;
  readonly span: Span;
  readonly caller: Caller | undefined;
  readonly additions: FrameAdditions;
  /** Where edits, and members for the frame, are added. */
  readonly edits: Edit[];
  readonly added: Record<string, unknown>;
}

/** Identity and trace in `_ext`; what is wrong with the frame's own, in words. */
function extEdits({ bytes, span, caller, additions, edits, added }: ExtEditing) {
  const { trace, traceparent } = additions;
  if (caller === undefined && trace === undefined && traceparent === undefined) return undefined;
  const frame = findMembers(bytes, span, ['_ext']) as FoundMembers;
  if (frame.doubled.size > 0) return '_ext stands twice';
  const extSpan = frame.values.get('_ext');
  const own: Record<string, unknown> = {};
  if (caller !== undefined) own.identity = caller.identity;
  const wholeTrace = traceparent === undefined ? trace : { ...trace, traceparent };
  if (extSpan === undefined) {
    if (wholeTrace !== undefined) own.trace = wholeTrace;
    added._ext = own;
    return undefined;
  }
  const ext = findMembers(bytes, extSpan, ['identity', 'trace']);
  if (ext === undefined) return caller === undefined ? undefined : '_ext is no object';
  if (caller !== undefined && ext.values.has('identity')) {
    return '_ext.identity is set by the adapter, and not by the caller';
  }
  const traceSpan = ext.values.get('trace');
  if (traceSpan === undefined) {
    if (wholeTrace !== undefined) own.trace = wholeTrace;
  } else if (traceparent !== undefined) {
    const found = findMembers(bytes, traceSpan, ['traceparent'])?.values.get('traceparent');
    if (found !== undefined) edits.push({ ...found, text: JSON.stringify(traceparent) });
  }
  if (Object.keys(own).length > 0) edits.push(membersAdded(ext, own));
  return undefined;
}

/** The frame's own `_ext.trace`, where it is of use. */
export function traceIn(bytes: Buffer, span: Span): Trace | undefined {
  if (!bytes.subarray(span.start, span.end).includes('"traceparent"')) return undefined;
  const ext = findMembers(bytes, span, ['_ext'])?.values.get('_ext');
  const trace = ext && findMembers(bytes, ext, ['trace'])?.values.get('trace');
  const members = trace && findMembers(bytes, trace, ['traceparent', 'tracestate'])?.values;
  const traceparent = stringIn(bytes, members?.get('traceparent'));
  if (traceparent === undefined) return undefined;
  const tracestate = stringIn(bytes, members?.get('tracestate'));
  return tracestate === undefined ? { traceparent } : { traceparent, tracestate };
}

function mismatchOf(scanner: EnvelopeScanner, { sessionId, pool }: FrameAdditions) {
  if (sessionId !== undefined && (scanner.sessionId() ?? sessionId) !== sessionId) {
    return 'the frame names another session than the call';
  }
  if (pool !== undefined && (scanner.pool() ?? pool) !== pool) {
    return 'the frame names another pool than the call';
  }
  return undefined;
}

function faultOf(scanner: EnvelopeScanner): Failure {
  const message = scanner.fault === null ? 'no frame' : scanFaults[scanner.fault].message;
  return busFailure({
    name: scanner.errorCode === -32700 ? 'PARSE_ERROR' : 'INVALID_REQUEST',
    message,
  });
}

function invalid(message: string): Failure {
  return busFailure({ name: 'INVALID_REQUEST', message });
}

function refused(idJson: string, failure: Failure): RefusedFrame {
  return { kind: 'refused', failure, idJson };
}
