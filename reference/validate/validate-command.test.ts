import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { finished, runCli, startCli } from '../../testing/run-cli.ts';

// Many processes are started, on a machine that may be busy.
t.setTimeout(240_000);

const good = '{"jsonrpc":"2.0","id":1,"method":"x","sessionId":"a"}\n';

t.test('valid frames', async (t) => {
  const { code, stdout, stderr } = await runCli(['validate', '-'], `${good}\r\n${good}`);
  t.equal(stdout, 'valid: 2 frames\n');
  t.equal(stderr, '');
  t.equal(code, 0);
});

t.test('each problem names line, byte, pointer, expectation and requirement', async (t) => {
  const table: [args: string[], line: string, problem: string][] = [
    [
      [],
      '{"id":1,"method":"x"}',
      '1: /jsonrpc: missing, expected "2.0" [FRM-5, frame#JsonRpcVersion]',
    ],
    [[], '{"jsonrpc":"2.0","id":true,"method":"x"}', '23: an id is a string or a number [FRM-5]'],
    [
      [],
      '{"jsonrpc":"2.0","id":1,"method":"é","params":5}',
      '48: /params: expected an object or an array, found 5 [FRM-5, frame#Params]',
    ],
    [[], '{"a":tru}', '6: expected true, false or null [FRM-4]'],
    [[], '\ufeff{}', '1: a line starts with its JSON text, not with a byte order mark [FRM-4]'],
    [
      [],
      '{"jsonrpc":"2.0","method":"a","method":"b"}',
      '31: a frame has each routing member at most once [FRM-8]',
    ],
    [
      ['--session-id-field', 'tenant'],
      '{"jsonrpc":"2.0","method":"a","tenant":5}',
      '40: a session id is a string [AFF-6]',
    ],
    [
      ['--max-frame-bytes', '20'],
      '{"jsonrpc":"2.0","method":"a"}',
      '1: expected a line of at most 20 bytes, found a longer one [FRM-6]',
    ],
    [
      ['--hop', 'worker-to-bus'],
      '{"jsonrpc":"2.0","method":"a"}',
      '1: /sessionId: missing, expected a string that is not empty [AFF-8, hop#WorkerNotification]',
    ],
    [
      ['--hop', 'client-to-bus'],
      '{"jsonrpc":"2.0","id":1,"method":"stdio_bus/hello","params":{}}',
      '61: /params/protocolVersion: missing, expected a string that is not empty [EXT-1, bus-methods#HelloParams]',
    ],
    [
      ['--hop', 'bus-to-client'],
      '{"jsonrpc":"2.0","id":1,"error":{"code":-32050,"message":"x","data":{"source":"bus","name":"DRAINING","retryable":true,"delivered":false}}}',
      '41: /error/code: expected -32052, found -32050 [COR-1, error#BusError]',
    ],
    [
      ['--schema', 'codex'],
      '{"jsonrpc":"2.0","id":1,"method":"x"}',
      '2: /jsonrpc: not allowed here [WRK-2, codex#CodexRequest]',
    ],
    [
      ['--schema', 'process#ReadParams', '--format', 'ndjson'],
      '{"processId":"p","waitMs":-1}',
      '27: /waitMs: expected an integer >= 0 or null, found -1 [PRC-3, process#ReadParams]',
    ],
    [
      ['--schema', 'history'],
      '{"seq":0,"atUs":1,"kind":"note"}',
      '1: /text: missing, expected a string that is not empty [history#NoteRecord]',
    ],
    [
      ['--schema', 'history'],
      '{"seq":0,"atUs":1,"kind":"process","process":"bus","event":"start","pid":0}',
      '74: /pid: expected an integer >= 1, found 0 [history#ProcessRecord]',
    ],
  ];
  for (const [args, line, problem] of table) {
    const { code, stdout } = await runCli(['validate', ...args, '-'], `${line}\n`);
    t.match(stdout, /^-:1:.*\ninvalid: 1 problem, 1 frame of 1 invalid\n$/, line);
    t.equal(stdout.split('\n')[0], `-:1:${problem}`);
    t.equal(code, 1);
  }
});

t.test('every problem of a frame is named, in order of place', async (t) => {
  const line = '{"id":true,"method":5,"params":7,"pool":3,"sessionId":""}\n';
  const { stdout } = await runCli(['validate', '--hop', 'client-to-bus', '-'], line);
  t.strictSame(stdout.split('\n').slice(0, -1), [
    '-:1:1: /jsonrpc: missing, expected "2.0" [FRM-5, frame#JsonRpcVersion]',
    '-:1:7: an id is a string or a number [FRM-5]',
    '-:1:21: /method: expected a string, found 5 [FRM-5, frame#MethodName]',
    '-:1:32: /params: expected an object or an array, found 7 [FRM-5, frame#Params]',
    '-:1:41: /pool: expected a string, found 3 [AFF-7, frame#PoolId]',
    '-:1:55: /sessionId: expected a string that is not empty, found "" [AFF-6, frame#SessionId]',
    'invalid: 6 problems, 1 frame of 1 invalid',
  ]);
});

t.test('another name of the session member takes the place of sessionId', async (t) => {
  const validate = (line: string) =>
    runCli(['validate', '--hop', 'worker-to-bus', '--session-id-field', 'a/b', '-'], `${line}\n`);
  t.match(await validate('{"jsonrpc":"2.0","method":"x","a/b":"s","sessionId":5}'), { code: 0 });
  t.match(await validate('{"jsonrpc":"2.0","method":"x","sessionId":"s"}'), {
    code: 1,
    stdout: /^-:1:1: \/a~1b: missing, expected a string that is not empty \[AFF-8/,
  });
  const inherited = ['--session-id-field', 'constructor', '-'];
  const frame = '{"jsonrpc":"2.0","method":"x"}\n';
  t.match(await runCli(['validate', '--hop', 'worker-to-bus', ...inherited], frame), {
    stdout: /^-:1:1: \/constructor: missing/,
  });
});

t.test('with --json, problems and summary are objects with the byte in the input', async (t) => {
  const { stdout } = await runCli(['validate', '--json', '-'], `${good}{"id":1}\n`);
  const [problem, summary] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  t.strictSame(problem, {
    file: '-',
    line: 2,
    column: 1,
    byte: good.length,
    pointer: '',
    problem: 'a frame has a method, a result or an error',
    requirement: 'FRM-5',
  });
  t.match(summary, { summary: { frames: 2, invalidFrames: 1, problems: 1, isComplete: true } });
});

t.test('wrong usage ends with one line that says what to do, and 64', async (t) => {
  const table: [args: string[], message: RegExp][] = [
    [[], /which FILE\?/],
    [['--schema', 'bus-confg', '-'], /did you mean "bus-config"\?/],
    [['--schema', 'process', '-'], /name one, such as process#/],
    [['--hop', 'sideways', '-'], /client-to-bus, bus-to-worker/],
    [['--hop', 'client-to-bus', '--schema', 'frame', '-'], /not both/],
    [['--format', 'xml', '-'], /ndjson, json or yaml/],
    [['--max-problems', '-1', '-'], /--max-problems/],
    [['--max-frame-bytes', '0', '-'], /whole number from 1 to 268435456, not "0"/],
    [['--max-frame-bytes', '268435457', '-'], /whole number from 1 to 268435456/],
    [['--session-id-field', '', '-'], /--session-id-field is a name of 1 to 128 characters/],
    [['--hop', 'constructor', '-'], /--hop is one of/],
    [['--hop', '__proto__', '-'], /--hop is one of/],
    [['--schema', 'frame#__proto__', '-'], /there is no schema/],
    [['--schema', 'frame#constructor', '-'], /there is no schema/],
    [['--schema', 'frame#Request#x', '-'], /there is no schema/],
    [['--schema', 'fra.schema.jsonme', '-'], /there is no schema/],
    [['--json', '--json', '-'], /--json stands twice/],
    [['--session-id-field', 'id', '-'], /--session-id-field cannot be "id"/],
    [['--frobnicate', '-'], /--frobnicate.*--help/],
  ];
  for (const [args, message] of table) {
    const { code, stdout, stderr } = await runCli(['validate', ...args]);
    t.match(stderr, message, args.join(' '));
    t.match(stderr, /^stdio-bus-kit: [^\n]*\n$/);
    t.equal(stdout, '');
    t.equal(code, 64);
  }
});

t.test('an input that cannot be read is named; the others are checked', async (t) => {
  const folder = t.testdir({ 'good.ndjson': good });
  const inputs = [join(folder, 'none.ndjson'), folder, join(folder, 'good.ndjson')];
  const { code, stdout, stderr } = await runCli(['validate', ...inputs]);
  t.match(stderr, /none\.ndjson: there is no such file\n.*: it is a folder\n$/);
  t.equal(stdout, 'valid: 1 frame\n');
  t.equal(code, 66);
});

t.test('binary garbage is answered line by line, without a control character', async (t) => {
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 2654435761) >>> 24));
  const { code, stdout, stderr } = await runCli(['validate', '-'], bytes);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested
  t.notMatch(stdout, /[\x00-\x09\x0b-\x1f\x7f\ufffd]/);
  t.match(stdout, /\ninvalid: \d+ problems/);
  t.equal(stderr, '');
  t.equal(code, 1);
});

t.test('names of a stranger reach the terminal escaped and cut', async (t) => {
  const config = { pools: [], [`\x1b[31m\u202e${'x'.repeat(5000)}`]: 1 };
  const { stdout } = await runCli(
    ['validate', '--schema', 'bus-config', '-'],
    JSON.stringify(config),
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested
  t.notMatch(stdout, /[\x1b\u202e]/);
  t.ok(stdout.split('\n').every((line) => line.length < 700));
});

t.test('past --max-problems, problems are counted', async (t) => {
  const { stdout } = await runCli(['validate', '--max-problems', '2', '-'], 'x\n'.repeat(5));
  t.match(
    stdout,
    /^-:1.*\n-:2.*\n3 more problems \(--max-problems 0 prints all\)\ninvalid: 5 problems/,
  );
});

t.test('nothing to check is said, and is not a problem', async (t) => {
  t.match(await runCli(['validate', '-'], '\n \r\n'), { code: 0, stdout: 'nothing to check\n' });
});

t.test('an end without LF is a problem', async (t) => {
  const { code, stdout } = await runCli(['validate', '-'], good.trim());
  t.match(stdout, /^-:1:1: expected an LF at the end of the line/);
  t.equal(code, 1);
});

t.test('1 GiB of frames takes less than 150 MB of memory', { timeout: 120_000 }, async (t) => {
  const frame = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'x', params: ['y'.repeat(900)] });
  const block = Buffer.from(`${frame}\n`.repeat(1024));
  const child = startCli('validate', '-');
  const end = finished(child);
  for (let written = 0; written < 2 ** 30; written += block.length) {
    if (!child.stdin.write(block)) await once(child.stdin, 'drain');
  }
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const peakKib = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]);
  child.stdin.end();
  t.match(await end, { code: 0, stdout: /^valid: \d+ frames\n$/ });
  t.ok(peakKib * 1024 < 150e6, `peak of ${peakKib} KiB`);
});

t.test('an endless line is read no further than 1 GiB', { timeout: 120_000 }, async (t) => {
  const { code, stdout } = await runCli(['validate', '/dev/zero']);
  t.match(stdout, /^\/dev\/zero:1:1: expected a line of at most 1048576 bytes/);
  t.match(stdout, /^\/dev\/zero:1:1: a line of more than 1024 MiB; stopped reading$/m);
  t.equal(code, 1);
});

t.test('a reader that goes away ends it without a word', async (t) => {
  const child = startCli('validate', '--max-problems', '0', '-');
  child.stdin.on('error', () => {});
  const end = finished(child);
  child.stdin.write('x\n'.repeat(10_000));
  await once(child.stdout, 'data');
  child.stdout.destroy();
  child.stdin.write('x\n'.repeat(100_000));
  const { code, signal, stderr } = await end;
  t.equal(stderr, '');
  t.equal(signal, null);
  t.equal(code, 1);
});

t.test('Ctrl-C ends it with what is known so far, and 130', async (t) => {
  const child = startCli('validate', '-');
  const end = finished(child);
  child.stdin.write('x\n');
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  const { code, stdout, stderr } = await end;
  t.match(stdout, /interrupted: invalid: 1 problem, 1 frame of 1 invalid\n$/);
  t.equal(stderr, '');
  t.equal(code, 130);
});

t.test('help has examples', async (t) => {
  t.match(await runCli(['validate', '--help']), { code: 0, stdout: /Examples:/ });
});
