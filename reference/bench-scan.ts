import { parseArgs } from 'node:util';
import { agentFrame } from './agent-frame.ts';
import { createEnvelopeScanner } from './envelope-scanner.ts';
import { createFrameDecoder } from './frame-decoder.ts';

const usage = `Measures the frame decoder and the envelope scanner against JSON.parse.

Usage: npm run bench:scan -- [--json]

  --json  the results as one JSON object
  --help  this text
`;

const byteLengths = [200, 1024, 16 * 1024, 256 * 1024];
const chunkBytes = 64 * 1024;
const bytesPerSize = 2 ** 20;
const mostFrames = 256;
const warmUpRounds = 4;
const rounds = 11;
const roundMs = 25;

const contestants = [
  'scanner',
  'JSON.parse of bytes',
  'JSON.parse of a string',
  'newline search',
  'decoder',
  'decoder and scanner',
] as const;
type Contestant = (typeof contestants)[number];

interface SizeResult {
  byteLength: number;
  nsPerFrame: Record<Contestant, number>;
}

interface Goal {
  byteLength: number;
  baseline: Contestant;
  ratio: number;
  atMost: number;
}

const goals: { byteLength: number; baseline: Contestant; atMost: number }[] = [
  { byteLength: 200, baseline: 'JSON.parse of bytes', atMost: 0.5 },
  { byteLength: 16 * 1024, baseline: 'JSON.parse of bytes', atMost: 0.35 },
];

function main(): void {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const results = byteLengths.map(measured);
  const judged = goals.map((goal) => ({ ...goal, ratio: ratioAt(results, goal) }));
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ node: process.version, results, goals: judged })}\n`);
  } else {
    process.stdout.write(tableFrom(results, judged));
  }
}

/** Medians over rounds in which the contestants take turns, so that a slow moment hits them all. */
function measured(byteLength: number): SizeResult {
  const runs = runsOver(framesOf(byteLength));
  const nsPerFrame = {} as Record<Contestant, number>;
  const timings = contestants.map((): number[] => []);
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    for (const [index, contestant] of contestants.entries()) {
      const timing = timeOf(runs[contestant]);
      if (round >= warmUpRounds) timings[index]?.push(timing);
    }
  }
  for (const [index, contestant] of contestants.entries()) {
    nsPerFrame[contestant] = medianOf(timings[index] as number[]);
  }
  return { byteLength, nsPerFrame };
}

/** Runs through all frames once and returns their number. */
type Run = () => number;

function runsOver(frames: readonly Buffer[]): Record<Contestant, Run> {
  const stream = Buffer.concat(frames.map((frame) => Buffer.concat([frame, Buffer.from('\n')])));
  const spans: { start: number; end: number }[] = [];
  for (const frame of frames) {
    const start = (spans.at(-1)?.end ?? -1) + 1;
    spans.push({ start, end: start + frame.length });
  }
  const texts = frames.map((frame) => frame.toString());
  const chunks: Buffer[] = [];
  for (let start = 0; start < stream.length; start += chunkBytes) {
    chunks.push(stream.subarray(start, start + chunkBytes));
  }

  const scanner = createEnvelopeScanner();
  let lines = 0;
  const decoderOf = (onLine: (bytes: Buffer, start: number, end: number) => void) =>
    createFrameDecoder(
      { maxFrameBytes: bytesPerSize },
      { onLine, onOverlong: unexpected, onUnterminated: unexpected },
    );
  const counting = decoderOf(() => lines++);
  const scanning = decoderOf((bytes, start, end) => {
    lines++;
    if (scanner.scan(bytes, start, end) !== 'notification') unexpected();
  });

  return {
    scanner: () => {
      for (const { start, end } of spans) {
        if (scanner.scan(stream, start, end) !== 'notification') unexpected();
      }
      return spans.length;
    },
    'JSON.parse of bytes': () => {
      for (const { start, end } of spans) {
        if (JSON.parse(stream.toString('utf8', start, end)).method === undefined) unexpected();
      }
      return spans.length;
    },
    'JSON.parse of a string': () => {
      for (const text of texts) if (JSON.parse(text).method === undefined) unexpected();
      return texts.length;
    },
    'newline search': () => {
      let count = 0;
      for (let end = stream.indexOf(0x0a); end !== -1; end = stream.indexOf(0x0a, end + 1)) count++;
      return count;
    },
    decoder: () => {
      lines = 0;
      for (const chunk of chunks) counting.write(chunk);
      return lines;
    },
    'decoder and scanner': () => {
      lines = 0;
      for (const chunk of chunks) scanning.write(chunk);
      return lines;
    },
  };
}

function framesOf(byteLength: number): Buffer[] {
  const count = Math.max(8, Math.min(mostFrames, Math.floor(bytesPerSize / byteLength)));
  return Array.from({ length: count }, (_, seed) => agentFrame(byteLength, seed));
}

function timeOf(run: Run): number {
  const startedNs = process.hrtime.bigint();
  const stopNs = startedNs + BigInt(roundMs * 1e6);
  let frames = 0;
  let nowNs = startedNs;
  while (nowNs < stopNs) {
    frames += run();
    nowNs = process.hrtime.bigint();
  }
  return Number(nowNs - startedNs) / frames;
}

function medianOf(timings: number[]): number {
  return timings.sort((a, b) => a - b)[timings.length >> 1] as number;
}

function ratioAt(results: readonly SizeResult[], goal: Omit<Goal, 'ratio'>): number {
  const result = results.find(({ byteLength }) => byteLength === goal.byteLength) as SizeResult;
  return result.nsPerFrame.scanner / result.nsPerFrame[goal.baseline];
}

function tableFrom(results: readonly SizeResult[], judged: readonly Goal[]): string {
  const rows = results.flatMap(({ byteLength, nsPerFrame }) =>
    contestants.map((contestant) => {
      const ns = nsPerFrame[contestant];
      const ratioTo = (baseline: Contestant) => (ns / nsPerFrame[baseline]).toFixed(2);
      return [
        String(byteLength),
        contestant,
        ns.toFixed(0),
        ((byteLength / ns) * 1000).toFixed(0),
        ratioTo('JSON.parse of bytes'),
        ratioTo('JSON.parse of a string'),
      ];
    }),
  );
  const head = ['bytes', 'what', 'ns/frame', 'MB/s', 'to parse of bytes', 'to parse of a string'];
  const verdicts = judged.map(({ byteLength, baseline, ratio, atMost }) => {
    const verdict = ratio <= atMost ? 'met' : 'not met';
    return `scanner at ${byteLength} bytes: ${ratio.toFixed(2)} of ${baseline}, goal ${atMost}: ${verdict}`;
  });
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${[...lines, '', ...verdicts].join('\n')}\n`;
}

function unexpected(): never {
  throw new Error('a contestant did not see the frames that it was given');
}

main();
