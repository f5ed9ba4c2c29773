import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import type { ConformanceReport } from '../schemas/generated/conformance-report.ts';
import { validateConformanceReport } from '../schemas/generated/conformance-report.validate.ts';
import { root, runCli } from '../testing/run-cli.ts';
import { AdapterFront } from './adapter/adapter-front.ts';
import { HarnessError } from './harness-error.ts';

// Buses and adapters are started and judged, on a machine that may be busy.
t.setTimeout(600_000);
t.jobs = 3;

const conformVia = (...args: string[]) => runCli(['conform', 'bus', '--via', 'grpc', ...args]);
const naiveBus = ['node', join(root, 'conformance/fixtures/naive-bus.mjs')];

t.test('a bus that is reached through an adapter gets its own verdict', async (t) => {
  const folder = t.testdir();
  const only = ['--only', 'framing/blank-lines,stats/connections'];
  const { code, stdout } = await conformVia(...only, '--keep', folder);
  t.match(stdout, /\nconformant: reference is conformant .* passed, reached through grpc\n$/);
  t.equal(code, 0);
  const file = join(folder, 'report.json');
  const report: ConformanceReport = JSON.parse(readFileSync(file, 'utf8'));
  t.ok(validateConformanceReport(report), JSON.stringify(validateConformanceReport.errors));
  t.match(report, {
    via: 'grpc',
    selection: { transports: ['tcp'] },
    scenarios: [
      { id: 'framing/blank-lines', verdict: 'pass' },
      { id: 'stats/connections', verdict: 'not-applicable', checks: [{ reason: /adapter/ }] },
    ],
  });
  t.match(await runCli(['conform', 'verify', file]), { code: 0 });
  t.match(await runCli(['conform', 'replay', folder]), { code: 0, stdout: /reached through grpc/ });
});

t.test('a fault of the bus is seen through the adapter, and so is the way back', async (t) => {
  const only = ['--only', 'framing/notification-unchanged'];
  const { code, stdout } = await conformVia(...only, '--', ...naiveBus);
  t.equal(code, 1);
  t.match(stdout, /^FAIL FRM-7 MUST /m);
  t.match(stdout, /^ {2}again +stdio-bus-kit conform bus --via grpc --transport tcp --only /m);
});

t.test('an adapter that does not start is no fault of the bus', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  const { port } = await new Promise<{ port: number }>((resolve) => {
    server.once('listening', () => resolve(server.address() as { port: number }));
  });
  await new Promise((resolve) => server.close(resolve));
  const front = new AdapterFront({
    adapter: 'grpc',
    maxFrameBytes: 1000,
    sessionIdField: 'sessionId',
    backpressureTimeoutSec: 1,
    startMs: 60_000,
  });
  t.teardown(() => front.destroy());
  front.check();
  const failure = await front.bridgeTo({ host: '127.0.0.1', port }).catch((error) => error);
  t.ok(failure instanceof HarnessError);
  t.match(
    failure.message,
    /^stdio-bus-kit grpc --bus tcp:\S+ .*: exit code 69; its last words: stdio-bus-kit: /,
  );
  t.throws(() => front.check(), { name: 'HarnessError', message: /^the adapter has ended: / });
});

t.test(
  'an adapter that there is not, or a transport that it has not, is wrong usage',
  async (t) => {
    const table: [args: string[], said: RegExp][] = [
      [['--via', 'grcp'], /--via is one of grpc, not "grcp"\n$/],
      [['--via', 'grpc', '--transport', 'unix'], /--via needs a bus on TCP/],
      [['--via', 'grpc', '--', './bus', '--unix', '{socket}'], /--via needs a bus on TCP/],
    ];
    for (const [args, said] of table) {
      const { code, stderr } = await runCli(['conform', 'bus', ...args]);
      t.equal(code, 64);
      t.match(stderr, said);
    }
  },
);
