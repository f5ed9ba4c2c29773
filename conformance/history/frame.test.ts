import { createHash } from 'node:crypto';
import t from 'tap';
import type { ByteVector } from '../../schemas/generated/vector.ts';
import { busVectorFiles, linesOf, readByteVectors } from '../vectors/vector-file.ts';
import { type Frame, frameFromLine } from './frame.ts';

/** What the vector says of the lines that are frames, as this reader sees it. */
function expectationFrom(
  line: number,
  bytes: Buffer,
  { kind, idJson, method, sessionId, pool }: Frame,
) {
  const isLong = bytes.length > 4096;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    line,
    kind,
    // An error response may carry null, which is no id of a request.
    ...(kind === 'response' ? { idJson: idJson ?? 'null' } : {}),
    ...(kind === 'request' ? { idJson } : {}),
    ...(method === undefined ? {} : { method }),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(pool === undefined ? {} : { pool }),
    ...(isLong ? { length: bytes.length, sha256 } : { text: bytes.toString() }),
  };
}

function readingOf(vector: ByteVector) {
  const { sessionIdField, maxFrameBytes = 1_048_576 } = vector;
  const frames: unknown[] = [];
  const errors: unknown[] = [];
  const { lines, rest } = linesOf(vector);
  for (const [index, bytes] of lines.entries()) {
    const line = index + 1;
    const frame = frameFromLine(bytes, sessionIdField);
    const { kind, code, idJson = 'null' } = frame;
    if (bytes.length > maxFrameBytes) errors.push({ line, code: -32055, idJson: 'null' });
    else if (kind === 'refused') errors.push({ line, code, idJson });
    else if (kind !== 'blank') frames.push(expectationFrom(line, bytes, frame));
  }
  if (rest.length > 0) {
    const code = rest.length > maxFrameBytes ? -32055 : -32700;
    errors.push({ line: lines.length + 1, code, idJson: 'null' });
  }
  return { frames, errors };
}

for (const file of [...busVectorFiles, 'short-limits'] as const) {
  t.test(`every line of ${file}.json is read as its vector says`, async (t) => {
    for (const vector of readByteVectors(file).vectors) {
      const { frames, errors } = vector;
      t.strictSame(readingOf(vector), { frames, errors }, vector.id);
    }
  });
}

t.test('latitude is noted where the specification gives it', async (t) => {
  const latitudeOf = (line: string) => frameFromLine(Buffer.from(line)).latitude;
  t.equal(latitudeOf('{"id":1,"id":2,"method":"x"}'), 'FRM-8');
  t.equal(latitudeOf('{"id":1,"method":"x","p\\u006fol":"a","pool":"b"}'), 'FRM-8');
  t.equal(latitudeOf('{"id":1,"method":"x","sessionId":""}'), 'AFF-6');
  t.equal(latitudeOf('{"id":1,"method":"x","params":1,"params":2}'), undefined);
  t.equal(latitudeOf('{"id":1,"method":7,"sessionId":""}'), undefined);
});

t.test('a session id that is none is not read as one', async (t) => {
  for (const session of ['""', '7', `"${'s'.repeat(257)}"`]) {
    const frame = frameFromLine(Buffer.from(`{"id":1,"method":"x","sessionId":${session}}`));
    t.equal(frame.sessionId, undefined, session.slice(0, 9));
  }
});

t.test("a worker's response may have any session and pool, its requests may not", async (t) => {
  const kindOf = (line: string) => frameFromLine(Buffer.from(line), 'sessionId', 'worker').kind;
  t.equal(kindOf('{"id":1,"result":0,"sessionId":"","pool":7}'), 'response');
  t.equal(kindOf('{"id":1,"method":"x","sessionId":""}'), 'refused');
  t.equal(kindOf('{"method":"x","sessionId":"s","pool":7}'), 'refused');
});

t.test('what a forwarded frame keeps is all but the value of its id', async (t) => {
  const restOf = (line: string) => frameFromLine(Buffer.from(line)).rest;
  t.equal(restOf(' {"method":"x", "id" : 1.0 ,"p":1}\r'), ' {"method":"x", "id" : \0 ,"p":1}\r');
  t.equal(restOf('{"\\u0069d":"a\\"b","method":"x"}'), '{"\\u0069d":\0,"method":"x"}');
  t.equal(restOf('{"method":"x","params":{"id":1}}'), '{"method":"x","params":{"id":1}}');
});
