import { isDeepStrictEqual, parseArgs } from 'node:util';
import { createRandom } from './agent-frame.ts';
import { createEnvelopeScanner, type EnvelopeScanner } from './envelope-scanner.ts';
import { createLineSource } from './mutated-line.ts';
import { expectedOutcome, outcomeOf, type ScanOutcome } from './scan-oracle.ts';

const usage = `Compares the envelope scanner with JSON.parse on generated lines.

Usage: npm run fuzz:scan -- [--runs COUNT] [--seed NUMBER]

  --runs  how many lines to try; 1000000 by default
  --seed  where the generator starts; by the clock by default, and printed
  --help  this text

Ends with code 1 at the first disagreement, with the shortest line that shows it.
`;

const linesPerSource = 50_000;
const margin = 8;

function main(): void {
  const { values } = parseArgs({
    options: { runs: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const runs = Number(values.runs ?? 1_000_000);
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  process.stdout.write(`${runs} lines from seed ${seed}\n`);
  process.exitCode = fuzz(runs, seed);
}

function fuzz(runs: number, seed: number): 0 | 1 {
  const scanner = createEnvelopeScanner();
  const random = createRandom(seed);
  const startedMs = performance.now();
  const kinds: Record<string, number> = {};
  let next = createLineSource(seed);
  for (let run = 1; run <= runs; run++) {
    const line = next();
    const { actual, expected } = compare(scanner, line, Math.floor(random() * 256));
    if (!isDeepStrictEqual(actual, expected)) {
      report(scanner, line, seed, run);
      return 1;
    }
    const kind = actual.errorCode === 0 ? actual.kind : String(actual.errorCode);
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    if (run % linesPerSource === 0) {
      process.stderr.write(`${run} lines, ${secondsSince(startedMs)} s\n`);
      next = createLineSource(seed + run);
    }
  }
  const counts = Object.entries(kinds).map(([kind, count]) => `${kind} ${count}`);
  process.stdout.write(
    `${runs} lines in ${secondsSince(startedMs)} s, no disagreement: ${counts.join(', ')}\n`,
  );
  return 0;
}

/** Scans the line inside a longer buffer, so that a read past an end of the line shows. */
function compare(
  scanner: EnvelopeScanner,
  line: Buffer,
  filler: number,
): { actual: ScanOutcome; expected: ScanOutcome } {
  const around = Buffer.alloc(line.length + 2 * margin, filler);
  line.copy(around, margin);
  const kind = scanner.scan(around, margin, margin + line.length);
  return { actual: outcomeOf(scanner, kind), expected: expectedOutcome(line) };
}

function report(scanner: EnvelopeScanner, line: Buffer, seed: number, run: number): void {
  const disagrees = (candidate: Buffer) =>
    [0, 0x22, 0x31, 0x7d, 0xff].some((filler) => {
      const { actual, expected } = compare(scanner, candidate, filler);
      return !isDeepStrictEqual(actual, expected);
    });
  const shortest = shrunk(line, disagrees);
  const { actual, expected } = compare(scanner, shortest, 0x22);
  process.stdout.write(
    [
      `disagreement at line ${run} of seed ${seed}`,
      `text      ${JSON.stringify(shortest.toString())}`,
      `base64    ${shortest.toString('base64')}`,
      `actual    ${JSON.stringify(actual)} ${scanner.fault ?? ''}`,
      `expected  ${JSON.stringify(expected)}`,
      '',
    ].join('\n'),
  );
}

type Fails = (candidate: Buffer) => boolean;

/** The shortest piece of the line that still fails, less every range that it fails without. */
function shrunk(line: Buffer, fails: Fails): Buffer {
  let shortest = shortestPiece(line, fails);
  for (let size = shortest.length >> 1; size > 0; size >>= 1) {
    for (let from = 0; from + size <= shortest.length; ) {
      const rest = [shortest.subarray(0, from), shortest.subarray(from + size)];
      const candidate = Buffer.concat(rest);
      if (fails(candidate)) shortest = candidate;
      else from++;
    }
  }
  return shortest;
}

function shortestPiece(line: Buffer, fails: Fails): Buffer {
  for (let length = 0; length < line.length; length++) {
    for (let from = 0; from + length <= line.length; from++) {
      const piece = line.subarray(from, from + length);
      if (fails(piece)) return piece;
    }
  }
  return line;
}

function secondsSince(startedMs: number): string {
  return ((performance.now() - startedMs) / 1000).toFixed(1);
}

main();
