import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { curveFrom, type Level } from './curve.ts';
import { predict } from './prediction.ts';
import { recommend } from './recommendation.ts';

t.setTimeout(120_000);

/** Response times of so many at once, spread as an exponential distribution is. */
function levelOf(atOnce: number, perSec: number): Level {
  const meanMs = (atOnce * 1000) / perSec;
  const timesMs = Array.from(
    { length: 1000 },
    (_, at) => -Math.log(1 - (at + 0.5) / 1000) * meanMs,
  );
  return { atOnce, perSec, timesMs };
}

/** A worker that does one request at a time, 50 a second, and one that does eight. */
const serial = [1, 2, 4, 8].map((atOnce) => levelOf(atOnce, 50));
const eightfold = [1, 2, 4, 8, 16, 32].map((atOnce) => levelOf(atOnce, 50 * Math.min(atOnce, 8)));

t.test('the curve finds how many requests a worker does at a time', async (t) => {
  const one = curveFrom(serial);
  t.ok(Math.abs(one.mostPerSec - 50) < 1, `${one.mostPerSec}`);
  const eight = curveFrom(eightfold);
  t.ok(Math.abs(eight.mostPerSec - 400) < 10, `${eight.mostPerSec}`);
  t.match(eight.model, /^[78]\.\d requests are worked on at a time/);
  t.ok(eight.error < 0.02);
});

t.test('a curve with contention is fitted by the universal scalability law', async (t) => {
  const perSec = (n: number) => (100 * n) / (1 + 0.1 * (n - 1) + 0.002 * n * (n - 1));
  const curve = curveFrom([1, 2, 4, 8, 16, 32].map((n) => levelOf(n, perSec(n))));
  t.match(curve.model, /^10\.0 % of the work waits/);
  t.ok(curve.error < 0.001);
});

t.test('many sessions that ask seldom are the queue of the textbook', async (t) => {
  // M/M/1 with 25 requests a second at a worker that does 50: mean 40 ms, median 28, p99 184.
  const demand = { sessions: 5000, thinkMs: 200_000 };
  const { p50Ms, p99Ms, perSec, loadShare } = predict(serial, curveFrom(serial), demand);
  t.ok(Math.abs(perSec - 25) < 0.2, `${perSec} a second`);
  t.ok(Math.abs(loadShare - 0.5) < 0.02, `${loadShare}`);
  t.ok(p50Ms > 20 && p50Ms < 40, `p50 ${p50Ms}`);
  t.ok(p99Ms > 140 && p99Ms < 280, `p99 ${p99Ms}`);
});

t.test('a session alone waits for nobody', async (t) => {
  const { p50Ms } = predict(serial, curveFrom(serial), { sessions: 1, thinkMs: 1000 });
  t.ok(Math.abs(p50Ms - 13.9) < 0.5, `${p50Ms}`);
});

t.test('the fewest workers that keep the bound are recommended', async (t) => {
  const curve = curveFrom(serial);
  const wish = { sessions: 500, thinkMs: 5000, p99Ms: 250 };
  const { best, options } = recommend(serial, curve, wish);
  const instances = best?.instances ?? 0;
  t.ok(instances >= 3 && instances <= 6, `${instances}`);
  const fewer = options.find((option) => option.instances === instances - 1);
  t.ok((best?.p99Ms ?? Infinity) <= 250 && (fewer?.p99Ms ?? 0) > 250);
});

t.test('a bound that no number of workers keeps recommends nothing', async (t) => {
  const { best } = recommend(serial, curveFrom(serial), { sessions: 5, thinkMs: 1000, p99Ms: 10 });
  t.equal(best, undefined);
});

const cli = fileURLToPath(new URL('../../cli.js', import.meta.url));

/** Answers one request after another, each after 5 ms; refuses the method "nope". */
const slowWorker = `
  let turn = Promise.resolve();
  require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, method, sessionId } = JSON.parse(line);
    const end = method === 'nope' ? { error: { code: -32601, message: 'no such method' } } : { result: 1 };
    turn = turn.then(() => new Promise((done) => setTimeout(done, 5)));
    turn.then(() => console.log(JSON.stringify({ jsonrpc: '2.0', id, sessionId, ...end })));
  });`;

async function runSize(t: Test, ...args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-size-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'config.json');
  const pool = { id: 'slow', command: process.execPath, args: ['-e', slowWorker], instances: 1 };
  writeFileSync(file, JSON.stringify({ pools: [pool] }));
  const words = args.map((word) => word.replaceAll('{folder}', folder).replace('{config}', file));
  const child = spawn(process.execPath, [cli, 'bench', 'size', ...words]);
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const [code] = await once(child, 'close');
  return { code, folder, ...output };
}

const wish = ['--config', '{config}', '--sessions', '200', '--think', '2', '--seconds', '0.3'];

t.test('a worker is measured, and its number recommended with the numbers behind it', async (t) => {
  const forms = 'html={folder}/size.html,json={folder}/size.json,svg={folder}/size.svg';
  const request = ['--request', '{"method":"x"}', '--report', forms];
  const { code, stdout, folder } = await runSize(t, ...wish, '--p99', '1000', ...request);
  t.equal(code, 0, stdout);
  t.match(stdout, /^"instances": \d+ for 200 sessions/m);
  t.match(stdout, /^curve: .*requests\/s at most; off by \d+ % on average$/m);
  const { measurement } = JSON.parse(readFileSync(join(folder, 'size.json'), 'utf8'));
  t.equal(measurement.startMs.length, 3);
  const serialShare = measurement.levels[2].perSec / measurement.levels[0].perSec;
  t.ok(serialShare > 0.4 && serialShare < 2, `one request at a time: ${serialShare}`);
  t.match(readFileSync(join(folder, 'size.html'), 'utf8'), /How many workers\?/);
  t.match(readFileSync(join(folder, 'size.svg'), 'utf8'), /^<svg/);
});

t.test('a bound below the worker’s own time ends with 1 and says why', async (t) => {
  const { code, stdout } = await runSize(t, ...wish, '--p99', '1', '--request', '{"method":"x"}');
  t.equal(code, 1);
  t.match(stdout, /no number of workers keeps p99 under 1.00 ms/);
});

t.test(
  'a worker that refuses the request or cannot be started ends with 69 and a hint',
  async (t) => {
    const refused = await runSize(t, ...wish, '--p99', '100', '--request', '{"method":"nope"}');
    t.equal(refused.code, 69);
    t.match(refused.stderr, /refuses \{"method":"nope"\}: no such method; try another --request/);
  },
);

t.test('wrong usage ends with one line and code 64', async (t) => {
  const request = ['--request', '{"method":"x"}'];
  const cases: [string[], RegExp, number][] = [
    [[], /which --config FILE/, 64],
    [[...wish, '--p99', '100'], /--request/, 64],
    [[...wish, '--p99', '100', '--request', '{'], /--request is no JSON/, 64],
    [[...wish, '--p99', '100', '--request', '{}'], /object with a method/, 64],
    [[...wish, '--p99', '0', ...request], /--p99 is a number above 0/, 64],
    [[...wish, '--p99', '1', '--rate', '2', ...request], /--think or --rate/, 64],
    [[...wish, '--p99', '1', '--pool', 'b', ...request], /no pool "b"; it has slow/, 66],
  ];
  for (const [args, message, expected] of cases) {
    const { code, stderr } = await runSize(t, ...args);
    t.equal(code, expected, args.join(' '));
    t.match(stderr, message);
    t.equal(stderr.split('\n').length, 2);
  }
});
