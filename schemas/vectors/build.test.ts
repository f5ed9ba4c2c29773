import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { buildVectorFiles } from './build.ts';
import { accepted, type ByteVector, bytes, refused, repeated } from './sources/byte-vector.ts';
import type { Topic } from './sources/topic.ts';
import { definition } from './sources/value-vector.ts';
import { checkTopics } from './topic-check.ts';

// Seen from the built test, in dist/schemas/vectors.
const folder = new URL('../../../schemas/vectors/', import.meta.url);

const ping = definition('frame#MethodName').accepts('FRM-5/ping', 'A method', 'ping');
const topic = (...vectors: Topic['vectors']): Topic => ({ title: 'Any', vectors });

t.test('the committed vector files are what their sources make', async (t) => {
  const files = buildVectorFiles();
  const committed = readdirSync(folder).filter((name) => name.endsWith('.json'));
  t.strictSame(committed.sort(), [...files.keys()].sort());
  for (const [name, text] of files) {
    t.ok(text === readFileSync(new URL(name, folder), 'utf8'), `${name} is current`);
  }
});

t.test('building twice makes the same files', async (t) => {
  t.strictSame([...buildVectorFiles()], [...buildVectorFiles()]);
});

t.test("the README's table counts every file", async (t) => {
  const readme = readFileSync(new URL('README.md', folder), 'utf8');
  const files = [...buildVectorFiles()].map(([name, text]) => {
    const { vectors } = JSON.parse(text) as { vectors: { valid?: boolean }[] };
    const counts = [undefined, true, false].map(
      (valid) => vectors.filter((vector) => vector.valid === valid).length,
    );
    return { name, counts };
  });
  for (const { name, counts } of files) {
    const cells = counts.map((count) => (count === 0 ? '' : `${count}`));
    const row = readme.split('\n').find((line) => line.startsWith(`| [${name}](${name}) |`));
    t.ok(row?.endsWith(`| ${cells.join(' | ')} |`), `${name}: ${cells.join(', ')}`);
  }
  const sums = [0, 1, 2].map((column) =>
    files.reduce((sum, { counts }) => sum + (counts[column] ?? 0), 0),
  );
  const all = sums.reduce((sum, count) => sum + count, 0);
  t.match(readme, `| ${files.length} files | ${all} vectors | ${sums.join(' | ')} |`);
});

t.test('limits that no configuration may name are in short-limits.json only', async (t) => {
  for (const [name, text] of buildVectorFiles()) {
    const { vectors } = JSON.parse(text) as { vectors: { maxFrameBytes?: number }[] };
    const limits = vectors.map(({ maxFrameBytes = 1_048_576 }) => maxFrameBytes);
    t.equal(Math.min(...limits) < 1024, name === 'short-limits.json', name);
  }
});

t.test('ids tell which latitude of FRM-6 a vector has', async (t) => {
  for (const [name, text] of buildVectorFiles()) {
    const { vectors } = JSON.parse(text) as { vectors: ByteVector[] };
    for (const { id, chunks, maxFrameBytes = 1_048_576, errors } of vectors) {
      if (chunks === undefined) continue;
      const tooLong = errors.some(({ code }) => code === -32055);
      if (tooLong !== /^FRM-6\/(?:blank-)?over-/.test(id)) t.fail(`${name}: ${id} over the limit`);
      const exact = lineLengths(chunks).includes(maxFrameBytes);
      if (exact !== id.startsWith('FRM-6/exact-')) t.fail(`${name}: ${id} at the limit`);
    }
  }
});

/** Lengths of the lines, without their LF. */
function lineLengths(chunks: ByteVector['chunks']): number[] {
  const reads = chunks.map((chunk) => {
    if (typeof chunk === 'string') return Buffer.from(chunk, 'base64');
    const once = Buffer.from(chunk.base64, 'base64');
    return Buffer.alloc(once.length * chunk.times, once);
  });
  const lines = Buffer.concat(reads).toString('latin1').split('\n');
  return lines.map((line) => line.length);
}

t.test('two vectors of one id are refused, across files too', async (t) => {
  t.throws(
    () => checkTopics(new Map([['a.json', topic(ping, ping)]])),
    /in a\.json and in a\.json/,
  );
  const files = new Map([
    ['a.json', topic(ping)],
    ['b.json', topic(ping)],
  ]);
  t.throws(() => checkTopics(files), { message: 'FRM-5/ping is in a.json and in b.json' });
});

t.test('an id has to begin with its requirement', async (t) => {
  const stray = { ...ping, requirement: 'FRM-50' };
  t.throws(() => checkTopics(new Map([['a.json', topic(stray)]])), /does not begin with FRM-50/);
});

t.test(
  'ids that are not well formed, empty files and empty descriptions are refused',
  async (t) => {
    for (const id of ['FRM-5', 'FRM-5/', 'FRM-5/Ping', 'FRM-0/ping', 'FRM-5/a b', 'FRM-5/-a']) {
      t.throws(
        () => checkTopics(new Map([['a.json', topic({ ...ping, id })]])),
        /no id of a vector/,
      );
    }
    t.throws(() => checkTopics(new Map([['a.json', topic()]])), /a\.json holds no vector/);
    const silent = topic({ ...ping, description: ' ' });
    t.throws(() => checkTopics(new Map([['a.json', silent]])), /has no description/);
  },
);

t.test('an accepted line is expected byte for byte, a long one by length and digest', async (t) => {
  const source = { id: 'FRM-7/a', description: 'A line', is: { kind: 'response' } } as const;
  const [short] = accepted({ ...source, line: '{}\r' }).frames;
  t.strictSame(short, { line: 1, kind: 'response', text: '{}\r' });
  t.equal(accepted({ ...source, line: 'a'.repeat(4096) }).frames[0]?.text?.length, 4096);
  const [long] = accepted({ ...source, line: [repeated('ab', 2048), 'c'] }).frames;
  t.strictSame(long, {
    line: 1,
    kind: 'response',
    length: 4097,
    sha256: 'c1253d6bef53fbe7f71d7e3670c36552c084f403590e31d4105144b4452e95a6',
  });
});

t.test('a refused line is followed by a good one', async (t) => {
  const vector = refused({
    id: 'FRM-4/a',
    description: 'A',
    line: '{',
    code: -32700,
    idJson: 'null',
  });
  const [chunk] = vector.chunks;
  t.equal(Buffer.from(chunk as string, 'base64').toString(), '{\n{"id":"next","method":"ok"}\n');
  t.strictSame(vector.errors, [{ line: 1, code: -32700, idJson: 'null' }]);
  t.equal(vector.frames[0]?.line, 2);
});

t.test('a read is base64, and a repeated one stays short', async (t) => {
  const source = { id: 'FRM-3/a', description: 'A', frames: [], errors: [] };
  t.strictSame(bytes({ ...source, chunks: ['é', repeated('[', 3)] }).chunks, [
    'w6k=',
    { base64: 'Ww==', times: 3 },
  ]);
});

t.test('a member that is to be left out has to be there', async (t) => {
  const request = definition('frame#Request');
  t.throws(() => request.needs('FRM-5/a', { id: 1 }, ['method']), /no member method/);
});
