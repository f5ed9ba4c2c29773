/**
 * `echo-worker.c` for machines without a C compiler: the same answers, the same methods. It reads
 * and writes synchronously, which is the fastest that a worker in Node can do.
 */
import { readSync, writeSync } from 'node:fs';

const LF = 0x0a;
const quote = 0x22;
const backslash = 0x5c;
const readBytes = 1 << 20;
const retryMs = 1;
/** Fewer bytes are copied faster here than by a call. */
const shortBytes = 48;

interface Bytes {
  buffer: Buffer;
  length: number;
}

const [idName, methodName, paramsName, sessionName] = [2, 6, 6, 9];
const answerStart = Buffer.from('{"jsonrpc":"2.0","id":');
const resultStart = Buffer.from(',"result":');
const sessionStart = Buffer.from(',"sessionId":');
const answerEnd = Buffer.from('}\n');
const nullResult = Buffer.from('null');
const told = Buffer.from(`{"worker":"${String(process.pid).padStart(7, '0')}","params":`);
const toldEnd = Buffer.from('}');
const sleeper = new Int32Array(new SharedArrayBuffer(4));

const input: Bytes = { buffer: Buffer.allocUnsafe(readBytes), length: 0 };
const output: Bytes = { buffer: Buffer.allocUnsafe(readBytes), length: 0 };
const held: Bytes = { buffer: Buffer.allocUnsafe(readBytes), length: 0 };
/** Start and end of the values of id, method, params and sessionId of the line; 0: absent. */
const envelope = { id: 0, idEnd: 0, method: 0, params: 0, paramsEnd: 0, session: 0, sessionEnd: 0 };

function main(): void {
  for (;;) {
    reserve(input, readBytes / 4);
    const count = attempt(() =>
      readSync(0, input.buffer, input.length, input.buffer.length - input.length, null),
    );
    if (count === 0) return;
    let at = input.length;
    input.length += count;
    let start = 0;
    for (;;) {
      const lf = input.buffer.indexOf(LF, at);
      if (lf === -1 || lf >= input.length) break;
      answer(start, lf);
      start = lf + 1;
      at = start;
    }
    for (let done = 0; done < output.length; ) {
      const written = attempt(() => writeSync(1, output.buffer, done, output.length - done));
      if (written === 0) return;
      done += written;
    }
    output.length = 0;
    input.buffer.copyWithin(0, start, input.length);
    input.length -= start;
  }
}

/** A read or a write, again while it would block; 0 when the other side has gone. */
function attempt(call: () => number): number {
  for (;;) {
    try {
      return call();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF' || code === 'EPIPE' || code === 'ECONNRESET') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(sleeper, 0, 0, retryMs);
    }
  }
}

function reserve(bytes: Bytes, more: number): void {
  let size = bytes.buffer.length;
  if (bytes.length + more <= size) return;
  while (size < bytes.length + more) size *= 2;
  const larger = Buffer.allocUnsafe(size);
  bytes.buffer.copy(larger, 0, 0, bytes.length);
  bytes.buffer = larger;
}

function append(to: Bytes, from: Buffer, start: number, end: number): void {
  const count = end - start;
  reserve(to, count);
  const { buffer, length } = to;
  if (count > shortBytes) from.copy(buffer, length, start, end);
  else for (let at = 0; at < count; at++) buffer[length + at] = from[start + at] as number;
  to.length += count;
}

function answer(start: number, end: number): void {
  readEnvelope(start, end);
  const { id, idEnd, method, params, paramsEnd, session, sessionEnd } = envelope;
  if (id === 0 || method === 0) return;
  const bytes = input.buffer;
  if (bytes[method + 1] === 0x72) {
    append(output, held.buffer, 0, held.length);
    held.length = 0;
  }
  const to = bytes[method + 1] === 0x68 ? held : output;
  append(to, answerStart, 0, answerStart.length);
  append(to, bytes, id, idEnd);
  append(to, resultStart, 0, resultStart.length);
  const tells = bytes[method + 1] === 0x74;
  if (tells) append(to, told, 0, told.length);
  if (params === 0) append(to, nullResult, 0, nullResult.length);
  else append(to, bytes, params, paramsEnd);
  if (tells) append(to, toldEnd, 0, toldEnd.length);
  if (session !== 0) {
    append(to, sessionStart, 0, sessionStart.length);
    append(to, bytes, session, sessionEnd);
  }
  append(to, answerEnd, 0, answerEnd.length);
}

/** Finds the top-level members by the length of their names and the first letter. */
function readEnvelope(start: number, end: number): void {
  const bytes = input.buffer;
  envelope.id = envelope.method = envelope.params = envelope.session = 0;
  let at = afterSpace(start, end) + 1;
  for (;;) {
    at = afterSpace(at, end);
    if (at >= end || bytes[at] !== quote) return;
    const nameEnd = afterString(at, end);
    const nameBytes = nameEnd - at - 2;
    const letter = bytes[at + 1];
    const value = afterSpace(nameEnd, end);
    at = afterValue(value, end);
    if (nameBytes === idName && letter === 0x69) {
      envelope.id = value;
      envelope.idEnd = at;
    } else if (nameBytes === methodName && letter === 0x6d) {
      envelope.method = value;
    } else if (nameBytes === paramsName && letter === 0x70) {
      envelope.params = value;
      envelope.paramsEnd = at;
    } else if (nameBytes === sessionName && letter === 0x73) {
      envelope.session = value;
      envelope.sessionEnd = at;
    }
  }
}

/** After spaces, commas and colons. */
function afterSpace(from: number, end: number): number {
  const bytes = input.buffer;
  for (let at = from; at < end; at++) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d && byte !== 0x2c && byte !== 0x3a)
      return at;
  }
  return end;
}

function afterString(start: number, end: number): number {
  const bytes = input.buffer;
  let at = start + 1;
  for (const near = Math.min(end, at + shortBytes); at < near; at++) {
    if (bytes[at] === backslash) at++;
    else if (bytes[at] === quote) return at + 1;
  }
  for (;;) {
    const found = bytes.indexOf(quote, at);
    if (found === -1 || found >= end) return end;
    let back = found;
    while (back > at && bytes[back - 1] === backslash) back--;
    if ((found - back) % 2 === 0) return found + 1;
    at = found + 1;
  }
}

function afterValue(start: number, end: number): number {
  const bytes = input.buffer;
  let depth = 0;
  for (let at = start; at < end; ) {
    const byte = bytes[at] as number;
    if (byte === quote) {
      at = afterString(at, end);
      if (depth === 0) return at;
      continue;
    }
    if (byte === 0x7b || byte === 0x5b) depth++;
    else if (byte === 0x7d || byte === 0x5d) {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && (byte === 0x2c || byte === 0x20)) return at;
    at++;
  }
  return end;
}

main();
