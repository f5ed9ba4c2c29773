import { idDigits } from './frame-ring.ts';

const LF = 0x0a;
const answerStart = Buffer.from('{"jsonrpc":"2.0","id":');
const resultStart = Buffer.from(',"result":');
const resultHeadBytes = answerStart.length + idDigits + resultStart.length;
const resultAt = answerStart.length + idDigits;
const tellStart = Buffer.from('{"worker":"');
const pidDigits = 7;

/** Takes each answer that was read; errors are answers too. */
export interface AnswerSink {
  /** `worker`: the one that has told who it is, else 0. */
  onAnswer(id: number, isError: boolean, worker: number): void;
  /** A line that is no answer. */
  onStrange(line: string): void;
}

/**
 * Finds the ids of answers at little cost. The first line is parsed, and tells how long an answer
 * is: all requests of a run are of one length. A later line that begins like an answer with a
 * result is known by its id, and its end is looked for where it should be first. Every other line
 * is parsed.
 */
export interface AnswerReader {
  /** The bytes are read before it returns. */
  read(bytes: Buffer, length: number): void;
}

/** `isTold`: results are those of the method `tell`. */
export function createAnswerReader(sink: AnswerSink, isTold = false): AnswerReader {
  const headBytes = resultHeadBytes + (isTold ? tellStart.length + pidDigits : 0);
  const head = Buffer.alloc(headBytes);
  let headLength = 0;
  let answerBytes = 0;
  let slow: Buffer[] = [];
  let state: 'head' | 'rest' | 'slow' = 'slow';

  function read(bytes: Buffer, length: number): void {
    let at = 0;
    while (at < length) {
      if (state === 'rest') at = readRest(bytes, at, length);
      else if (state === 'slow') at = readSlowly(bytes, at, length);
      else if (headLength > 0 || length - at < headBytes) at = readHead(bytes, at, length);
      else if (isKnown(bytes, at)) {
        takeQuick(bytes, at);
        const end = at + answerBytes;
        if (end <= length && bytes[end - 1] === LF) at = end;
        else {
          state = 'rest';
          at += headBytes;
        }
      } else state = 'slow';
    }
  }

  function isKnown(bytes: Buffer, at: number): boolean {
    return isQuick(bytes, at) && (!isTold || isTelling(bytes, at));
  }

  function takeQuick(bytes: Buffer, at: number): void {
    const worker = isTold ? numberAt(bytes, at + headBytes - pidDigits, pidDigits) : 0;
    sink.onAnswer(numberAt(bytes, at + answerStart.length, idDigits), false, worker);
  }

  function readRest(bytes: Buffer, at: number, length: number): number {
    const lf = bytes.subarray(0, length).indexOf(LF, at);
    if (lf === -1) return length;
    state = 'head';
    return lf + 1;
  }

  /** Collects a head that is cut by the end of a chunk. */
  function readHead(bytes: Buffer, at: number, length: number): number {
    const count = Math.min(headBytes - headLength, length - at);
    bytes.copy(head, headLength, at, at + count);
    const lf = head.subarray(headLength, headLength + count).indexOf(LF);
    headLength += count;
    if (lf === -1 && headLength < headBytes) return at + count;
    if (lf === -1 && isKnown(head, 0)) {
      takeQuick(head, 0);
      headLength = 0;
      state = 'rest';
      return at + count;
    }
    slow = [Buffer.from(head.subarray(0, headLength - count))];
    headLength = 0;
    state = 'slow';
    return at;
  }

  function readSlowly(bytes: Buffer, at: number, length: number): number {
    const lf = bytes.subarray(0, length).indexOf(LF, at);
    // Copied: the buffer is used for the next read.
    slow.push(Buffer.from(bytes.subarray(at, lf === -1 ? length : lf)));
    if (lf === -1) return length;
    const line = slow.length === 1 ? (slow[0] as Buffer) : Buffer.concat(slow);
    slow = [];
    takeLine(line);
    return lf + 1;
  }

  function takeLine(line: Buffer): void {
    const answer = parsed(line);
    if (typeof answer?.id !== 'number' || answer.method !== undefined) {
      sink.onStrange(line.toString('latin1', 0, 200));
      return;
    }
    const isError = answer.error !== undefined;
    if (answerBytes === 0 && !isError && line.length >= headBytes && isKnown(line, 0)) {
      answerBytes = line.length + 1;
    }
    if (answerBytes > 0) state = 'head';
    sink.onAnswer(answer.id, isError, isTold ? Number(answer.result?.worker ?? 0) : 0);
  }

  return { read };
}

function isQuick(bytes: Buffer, at: number): boolean {
  return (
    // Cheap and telling: the id is where it should be, and a result follows.
    bytes[at] === answerStart[0] &&
    bytes[at + answerStart.length - 2] === 0x22 &&
    bytes[at + answerStart.length - 1] === 0x3a &&
    bytes[at + resultAt] === 0x2c &&
    bytes[at + resultAt + 2] === 0x72 &&
    bytes[at + resultAt + 9] === 0x3a
  );
}

/** Whether the result begins with the worker's name. */
function isTelling(bytes: Buffer, at: number): boolean {
  const name = at + resultHeadBytes;
  return bytes[name + 2] === tellStart[2] && bytes[name + tellStart.length - 1] === 0x22;
}

function numberAt(bytes: Buffer, start: number, digits: number): number {
  let value = 0;
  for (let at = start; at < start + digits; at++) value = value * 10 + (bytes[at] as number) - 48;
  return value;
}

interface Answer {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly error?: unknown;
  readonly result?: { readonly worker?: unknown };
}

function parsed(line: Buffer): Answer | undefined {
  try {
    return JSON.parse(line.toString()) ?? undefined;
  } catch {
    return undefined;
  }
}
