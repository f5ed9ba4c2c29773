import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { startGenerator } from './load/generator-process.ts';
import type { LoadCommand, LoadResult, Target } from './load/load-command.ts';
import { echoWorkerProgram } from './subjects/echo-worker-program.ts';
import { freePort, untilAnswered } from './subjects/readiness.ts';

// The machine may be busy.
t.setTimeout(120_000);
const scriptOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const frames = 20_000;
const timeoutMs = 60_000;
/** Where nothing is lost, nobody waits for so long. */
const patientMs = 15_000;
/** What is lost is waited for, from the start of the worker on. */
const quietMs = 2500;
const generator = await startGenerator();
t.teardown(() => generator.stop());
const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
t.teardown(() => rmSync(folder, { recursive: true }));

const whole = { lost: 0, duplicated: 0, misrouted: 0, errors: 0 };
const programs = {
  auto: echoWorkerProgram(folder, 'auto').argv,
  node: echoWorkerProgram(folder, 'node').argv,
};

function resultOf(target: Target, more: Partial<LoadCommand> = {}): Promise<LoadResult> {
  return generator.run(commandFor(target, more), timeoutMs);
}

function commandFor(target: Target, more: Partial<LoadCommand>): LoadCommand {
  return {
    kind: 'load',
    target,
    connections: 1,
    inFlight: 64,
    frameBytes: 200,
    sessions: 16,
    warmUpMs: 0,
    durationMs: 0,
    // An open loop has a time, not a number of frames.
    ...(more.ratePerSec === undefined && { frames }),
    method: 'echo',
    quietMs: patientMs,
    ...more,
  };
}

/** A worker that answers as it should, save what `twist` does to an answer. */
function twisted(twist: string): Target {
  const code = `
    let n = 0;
    require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      const { id, params, sessionId } = JSON.parse(line);
      const answer = (id, result = params) =>
        process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result, sessionId }) + '\\n');
      n++;
      ${twist}
    });`;
  return { kind: 'command', argv: [process.execPath, '-e', code] };
}

t.test('the worker alone loses nothing, in C and in Node', async (t) => {
  for (const argv of Object.values(programs)) {
    const { counts, latencyUs, error } = await resultOf({ kind: 'command', argv });
    t.same(counts, { sent: frames, answered: frames, ...whole });
    t.equal(latencyUs?.count, frames);
    t.equal(error, undefined);
  }
});

t.test('a load is an argument too, and its result the output', async (t) => {
  const command = commandFor({ kind: 'command', argv: programs.auto }, { frames: 100 });
  const args = [scriptOf('load-generator.js'), JSON.stringify(command)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  t.same(JSON.parse(stdout).counts, { sent: 100, answered: 100, ...whole });
});

t.test('frames that are longer than a read lose nothing', async (t) => {
  for (const argv of Object.values(programs)) {
    const options = { frameBytes: 300_000, inFlight: 8, frames: 200 };
    const { counts } = await resultOf({ kind: 'command', argv }, options);
    t.same(counts, { sent: 200, answered: 200, ...whole });
  }
});

t.test('answers that are held come with the release, all of them', async (t) => {
  for (const argv of Object.values(programs)) {
    const options = { inFlight: frames, method: 'hold' } as const;
    const { counts } = await resultOf({ kind: 'command', argv }, options);
    t.same(counts, { sent: frames, answered: frames, ...whole });
  }
});

t.test('the relay loses nothing over TCP and Unix, client after client', async (t) => {
  const port = await freePort();
  const path = join(folder, 'relay.sock');
  const listeners = [
    { target: { kind: 'tcp', host: '127.0.0.1', port }, flags: ['--tcp', `127.0.0.1:${port}`] },
    { target: { kind: 'unix', path }, flags: ['--unix', path] },
  ] as const;
  for (const { target, flags } of listeners) {
    const args = [scriptOf('relay.js'), ...flags, '--', ...programs.auto];
    const relay = spawn(process.execPath, args);
    t.teardown(() => relay.kill('SIGKILL'));
    await untilAnswered(target, 1, () => undefined);
    for (const frameBytes of [200, 100_000]) {
      const { counts } = await resultOf(target, { frameBytes, frames: 2000 });
      t.same(counts, { sent: 2000, answered: 2000, ...whole });
    }
    relay.kill('SIGTERM');
    t.same(await once(relay, 'exit'), [0, null]);
  }
});

t.test('what a broken worker does to answers is counted', async (t) => {
  const sent = { sent: 2000, answered: 2000, ...whole };
  const cases = {
    // One that is lost, and one whose id has become another.
    'if (n % 100 !== 0) answer(n === 70 ? String(id) : id);': {
      ...sent,
      answered: 1979,
      lost: 21,
      misrouted: 1,
    },
    'answer(id); if (n % 100 === 0) answer(id);': { ...sent, duplicated: 20 },
    'answer(id); if (n === 1500) answer(100000000);': { ...sent, duplicated: 1 },
    'answer(id); if (n % 100 === 0) answer(id + 500000000);': { ...sent, misrouted: 20 },
    'if (n === 9) console.log("a log line"); answer(id);': { ...sent, misrouted: 1 },
    'answer(id, n % 100 === 0 ? { text: "as if cut" } : params);': sent,
    'if (n % 100 === 0) console.log(`{"id":${id},"error":{}}`); else answer(id);': {
      ...sent,
      errors: 20,
    },
  };
  for (const [twist, counts] of Object.entries(cases)) {
    const isLossy = 'lost' in counts && counts.lost > 0;
    const more = { frames: 2000, ...(isLossy && { quietMs }) };
    const result = await resultOf(twisted(twist), more);
    t.same(result.counts, counts, twist);
  }
});

t.test('answers in another order, with members elsewhere, are answers', async (t) => {
  const print = 'console.log(JSON.stringify({ result: [n], sessionId, id, more: n }));';
  const { counts } = await resultOf(twisted(print), { frames: 2000 });
  t.same(counts, { sent: 2000, answered: 2000, ...whole });
});

t.test('an open loop sends on schedule, and a stall shows in all that it held up', async (t) => {
  // After the 200th request the worker sleeps for 300 ms.
  const stall =
    'if (n === 200) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300); answer(id);';
  // With one that may wait, the others leave late: their time counts from when they should have.
  for (const inFlight of [4096, 1]) {
    const open = { ratePerSec: 500, inFlight, durationMs: 1000 };
    const { counts, latencyUs, ...more } = await resultOf(twisted(stall), open);
    t.ok(counts.sent > 400 && counts.sent < 600, `${counts.sent} sent in a second at 500 a second`);
    t.equal(counts.answered, counts.sent);
    // 150 of 500 requests were due during the stall; a closed loop would have seen one.
    t.ok((latencyUs?.p90 ?? 0) > 100_000, `p90 ${latencyUs?.p90} us`);
    t.ok((latencyUs?.p50 ?? 0) < 100_000, `p50 ${latencyUs?.p50} us`);
    t.ok(more.generatorLatenessUs !== undefined && more.histogram !== undefined);
  }
});

t.test('a worker that dies is an error, and what it had is lost', async (t) => {
  const result = await resultOf(twisted('if (n > 1000) process.exit(3); answer(id);'));
  t.equal(result.error, 'worker ended: 3');
  t.ok(result.counts.lost > 0);
});

t.test('a target that is not there is an error', async (t) => {
  const port = await freePort();
  const result = await resultOf({ kind: 'tcp', host: '127.0.0.1', port });
  t.match(result.error, /ECONNREFUSED/);
});
