import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { HttpResult } from '../../schemas/generated/http-report.ts';
import { validateHttpReport } from '../../schemas/generated/http-report.validate.ts';
import { folderOf, run } from '../../testing/latency-run.ts';
import { httpTable, ratioOf } from './http-table.ts';

t.setTimeout(120_000);
const brief = ['--connections', '2', '--pipelining', '1', '--seconds', '1', '--rounds', '1'];

/** A server with a status for each request; resolves with its URL. */
async function serve(t: Test, statusFor: (request: IncomingMessage) => number): Promise<string> {
  const server = createServer((request, response) => {
    const status = statusFor(request);
    request.resume().on('end', () => void response.writeHead(status).end('why'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/rpc`;
}

t.test('adapter and bare server stand side by side, and in the report', async (t) => {
  const folder = folderOf(t);
  const file = join(folder, 'http.json');
  const readme = join(folder, 'README.md');
  writeFileSync(readme, '# Mine\n\n<!-- bench http -->\nold\n<!-- /bench http -->\n\nend\n');
  const reports = `json=${file},markdown=${readme}`;
  const { code, stdout, stderr } = await run(t, 'http', ...brief, '--report', reports);
  t.equal(code, 0, stderr);
  t.equal(stderr, '');
  t.match(stdout, /^2 connections +bare node:http +\d+ .* 1$/m);
  t.match(stdout, /^ +adapter +\d+ .* \d+\.\d\d$/m);
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!validateHttpReport(report)) throw new Error(JSON.stringify(validateHttpReport.errors));
  t.match(report.settings, { rounds: 1, seconds: 1 });
  const [result] = report.results;
  t.same(result?.load, { connections: 2, pipelining: 1 });
  for (const [sample] of [result?.bare ?? [], result?.adapter ?? []]) {
    t.ok(sample !== undefined && sample.requestsPerSecond > 0 && sample.errors === 0);
  }
  t.ok((result?.ratio ?? 0) > 0);
  const markdown = readFileSync(readme, 'utf8');
  t.match(markdown, /^# Mine\n.*\n\nend\n$/s, 'the rest of it stays');
  t.match(markdown, /^\| 2 connections \| \d+ \| \d+ \| \d+\.\d\d \| \d+, \d+, \d+ \| 0 \|$/m);
  t.notMatch(markdown, /old/);
});

t.test('a server that begins to fail has errors and no answers, and the code is 1', async (t) => {
  const tokens = new Set<string | undefined>();
  let asked = 0;
  const url = await serve(t, (request) => {
    tokens.add(request.headers.authorization);
    asked += 1;
    return asked === 1 ? 200 : 500;
  });
  const { code, stdout } = await run(t, 'http', ...brief, '--url', url, '--token', 'abc');
  t.equal(code, 1);
  t.match(stdout, /^ +adapter +0 .* [1-9]\d* +[\d.]+ +0\.00$/m);
  t.same([...tokens], ['Bearer abc']);
});

t.test('the ratio is the median of those within the rounds', async (t) => {
  const sample = (requestsPerSecond: number) => ({
    requestsPerSecond,
    p50Ms: 1,
    p97_5Ms: 1,
    p99Ms: 1,
    errors: 0,
    generatorShare: 0.95,
  });
  const bare = [100, 200, 0].map(sample);
  const adapter = [50, 60, 70].map(sample);
  t.equal(ratioOf({ bare, adapter }), 0.4);
  t.equal(ratioOf({ bare: [sample(0)], adapter }), undefined);
  const load = { connections: 1, pipelining: 10 };
  const result: HttpResult = { load, bare, adapter, ratio: 0.4 };
  t.match(httpTable([result]), /1 connection × 10 pipelined/);
  t.match(httpTable([result]), /at least 0.5 × the bare echo: met in 0 of 1 loads/);
  t.match(httpTable([result]), /above 0.9, a rate may be the generator's own/);
});

t.test('wrong use ends with one line that says what to do', async (t) => {
  const refusing = await serve(t, () => 401);
  const cases: [string[], number, RegExp][] = [
    [['--url', refusing], 69, /\/v1\/rpc answers with HTTP 401: why/],
    [['--connections', '0'], 64, /--connections is a whole number from 1/],
    [['--url', 'ftp://x'], 64, /--url is a URL such as http:/],
    [['--token', 'abc'], 64, /--token goes with --url only/],
    [['--report', 'html=x'], 64, /--report takes json, markdown, each with =FILE, not "html=x"/],
    [['--report', 'json=/not/there/x'], 64, /--report json cannot be written/],
    [['extra'], 64, /"extra" is too much/],
    [['--url', 'http://127.0.0.1:1/v1/rpc'], 69, /nobody answers at http:\/\/127.0.0.1:1\/v1\/rpc/],
    [['--bus', 'tcp://127.0.0.1:1'], 69, /cannot connect to tcp:\/\/127.0.0.1:1: ECONNREFUSED/],
  ];
  for (const [args, expected, text] of cases) {
    const { code, stdout, stderr } = await run(t, 'http', ...args);
    t.equal(code, expected, args.join(' '));
    t.equal(stdout, '');
    t.match(stderr, text);
    t.equal(stderr.trimEnd().split('\n').length, 1, stderr);
  }
});
