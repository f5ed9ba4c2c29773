import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import t from 'tap';
import { finished, root, runCli, startCli } from '../../testing/run-cli.ts';

// Many processes are started, on a machine that may be busy.
t.setTimeout(240_000);

const cli = `${root}dist/cli.js`;

/** Resolves once a process has used so much of a processor. */
async function hasUsed(pid: number | undefined, cpuSeconds: number): Promise<void> {
  for (;;) {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const ticks = Number(stat.split(') ')[1]?.split(' ')[11]);
    if (ticks / 100 >= cpuSeconds) return;
    await setImmediate();
  }
}

/** Resolves once a process has a file open. */
async function hasOpen(pid: number | undefined, path: string): Promise<void> {
  for (;;) {
    const links = readdirSync(`/proc/${pid}/fd`).map((fd) => `/proc/${pid}/fd/${fd}`);
    if (links.some((link) => isLinkTo(link, path))) return;
    await setImmediate();
  }
}

function isLinkTo(link: string, path: string): boolean {
  try {
    return readlinkSync(link) === path;
  } catch {
    // Closed since it was listed.
    return false;
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  t.test(`${signal} ends the check of a long document within a second or so`, async (t) => {
    const file = join(t.testdir(), 'long.yaml');
    writeFileSync(file, `[${'5,'.repeat(2_000_000)}5]`);
    const child = startCli('validate', '--schema', 'bus-config', file);
    const end = finished(child);
    // Long after the start, and long before the parser is done.
    await Promise.race([hasUsed(child.pid, 1.5), end]);
    const start = performance.now();
    child.kill(signal);
    t.match(await end, { code: 130, stdout: 'interrupted: nothing was checked\n', stderr: '' });
    t.ok(performance.now() - start < 4000, 'the parser takes longer');
  });
}

t.test('Ctrl-C ends the wait for the writer of a FIFO', async (t) => {
  const fifo = join(t.testdir(), 'fifo');
  execFileSync('mkfifo', [fifo]);
  const child = startCli('validate', fifo);
  const end = finished(child);
  await Promise.race([hasOpen(child.pid, fifo), end]);
  child.kill('SIGINT');
  t.match(await end, { code: 130, stdout: 'interrupted: nothing was checked\n', stderr: '' });
});

t.test('a FIFO is read once it has a writer, to the end', async (t) => {
  const fifo = join(t.testdir(), 'fifo');
  execFileSync('mkfifo', [fifo]);
  const end = finished(startCli('validate', fifo));
  writeFileSync(fifo, '{"jsonrpc":"2.0","id":1,"method":"x"}\n');
  t.match(await end, { code: 0, stdout: 'valid: 1 frame\n' });
});

t.test('Ctrl-C ends it where nobody reads the output', async (t) => {
  const file = join(t.testdir(), 'x.ndjson');
  writeFileSync(file, 'x\n'.repeat(100_000));
  const child = startCli('validate', '--max-problems', '0', file);
  const exit = once(child, 'exit');
  await once(child.stdout, 'readable');
  child.kill('SIGINT');
  const [code] = await exit;
  t.equal(code, 130);
});

t.test('an output that cannot be written ends with one line and 74', async (t) => {
  for (const args of [['validate', '/dev/null'], ['schema', 'list'], ['--help']]) {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [cli, ...args], {
      stdio: ['ignore', full, 'pipe'],
      env: {},
    });
    closeSync(full);
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    const [code] = await once(child, 'close');
    t.equal(stderr, 'stdio-bus-kit: cannot write the output: no space is left\n');
    t.equal(code, 74);
  }
});

t.test('a closed standard input is no empty one', async (t) => {
  const command = ['-c', `exec "$0" "$@" <&-`, process.execPath, cli, 'validate', '-'];
  const child = spawn('sh', command, { env: {} });
  t.match(await finished(child), { code: 66, stderr: 'stdio-bus-kit: standard input is closed\n' });
});

t.test('names of files reach the terminal escaped, and reasons are words', async (t) => {
  const folder = t.testdir();
  symlinkSync('loop', join(folder, 'loop'));
  t.match(await runCli(['validate', join(folder, 'loop')]), {
    code: 66,
    stderr: /loop: its links go in a circle\n$/,
  });
  const { stderr } = await runCli(['validate', join(folder, '\x1b[31m\u202e')]);
  t.match(stderr, /\\u\{1b\}\[31m\\u\{202e\}: there is no such file\n$/);
  t.match(await runCli(['validate', '--', '--help']), {
    code: 66,
    stderr: 'stdio-bus-kit: cannot read --help: there is no such file\n',
  });
  t.match(await runCli(['validate', '--hop', '\x1b[31m', '-']), { stderr: /"\\u\{1b\}\[31m"/ });
});
