import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { createEnvelopeScanner } from './envelope-scanner.ts';
import { createFrameDecoder } from './frame-decoder.ts';

type Chunk = string | { base64: string; times: number };

interface FrameEntry {
  line: number;
  kind: string;
  idJson?: string;
  method?: string;
  sessionId?: string;
  pool?: string;
  text?: string;
  length?: number;
  sha256?: string;
}

interface ErrorEntry {
  line: number;
  code: number;
  idJson: string;
}

interface ByteVector {
  id: string;
  requirement: string;
  chunks: Chunk[];
  maxFrameBytes?: number;
  sessionIdField?: string;
  frames: FrameEntry[];
  errors: ErrorEntry[];
}

const defaultMaxFrameBytes = 1_048_576;
const longestText = 4096;
const longestByteByByte = 64 * 1024;
const frameTooLarge = -32055;
const notJson = -32700;
const fewestVectors = 80;

// Seen from the built test, in dist/reference.
const folder = new URL('../../schemas/vectors/', import.meta.url);

const vectors = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')).vectors)
  .filter((vector: ByteVector) => vector.chunks !== undefined) as ByteVector[];

t.test('the vectors are there and have ids of their own', async (t) => {
  t.ok(vectors.length >= fewestVectors, `${vectors.length} of at least ${fewestVectors}`);
  t.equal(new Set(vectors.map((vector) => vector.id)).size, vectors.length);
});

for (const vector of vectors) {
  t.test(vector.id, async (t) => {
    const chunks = chunksOf(vector);
    const whole = Buffer.concat(chunks);
    const expected = { frames: vector.frames, errors: vector.errors };
    t.same(scanned(vector, chunks), expected, 'as cut in the vector');
    t.same(scanned(vector, [whole]), expected, 'in one piece');
    if (whole.length <= longestByteByByte) {
      const bytes = Array.from(whole, (byte) => Buffer.of(byte));
      t.same(scanned(vector, bytes), expected, 'byte by byte');
    }
  });
}

function chunksOf(vector: ByteVector): Buffer[] {
  return vector.chunks.map((chunk) => {
    if (typeof chunk === 'string') return Buffer.from(chunk, 'base64');
    const bytes = Buffer.from(chunk.base64, 'base64');
    return Buffer.alloc(bytes.length * chunk.times, bytes);
  });
}

function scanned(
  { maxFrameBytes = defaultMaxFrameBytes, sessionIdField }: ByteVector,
  chunks: readonly Buffer[],
): { frames: FrameEntry[]; errors: ErrorEntry[] } {
  const frames: FrameEntry[] = [];
  const errors: ErrorEntry[] = [];
  const scanner = createEnvelopeScanner(sessionIdField === undefined ? {} : { sessionIdField });
  const decoder = createFrameDecoder(
    { maxFrameBytes },
    {
      onLine(bytes, start, end) {
        const line = decoder.lineNumber;
        const kind = scanner.scan(bytes, start, end);
        const idJson = scanner.idJson();
        if (kind === 'refused') errors.push({ line, code: scanner.errorCode, idJson });
        else if (kind !== 'blank') {
          const members = {
            idJson: scanner.idStart < 0 ? undefined : idJson,
            method: scanner.method(),
            sessionId: scanner.sessionId(),
            pool: scanner.pool(),
          };
          frames.push({ line, kind, ...present(members), ...textOf(bytes.subarray(start, end)) });
        }
      },
      onOverlong: () => errors.push(errorWithoutId(decoder.lineNumber, frameTooLarge)),
      onUnterminated: () => errors.push(errorWithoutId(decoder.lineNumber, notJson)),
    },
  );
  for (const chunk of chunks) decoder.write(chunk);
  decoder.end();
  return { frames, errors };
}

function errorWithoutId(line: number, code: number): ErrorEntry {
  return { line, code, idJson: 'null' };
}

function present(members: Record<string, string | undefined>): Record<string, string> {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Record<string, string>;
}

function textOf(line: Buffer): Pick<FrameEntry, 'text' | 'length' | 'sha256'> {
  if (line.length <= longestText) return { text: line.toString() };
  return { length: line.length, sha256: createHash('sha256').update(line).digest('hex') };
}
