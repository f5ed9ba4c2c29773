import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { echoWorkerProgram } from '../subjects/echo-worker-program.ts';
import { freePort, untilAnswered } from '../subjects/readiness.ts';
import { startGenerator } from './generator-process.ts';
import type { LoadCommand } from './load-command.ts';
import { createSessionOwners } from './session-owners.ts';

t.setTimeout(120_000);
const timeoutMs = 60_000;
const scriptOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

t.test(
  'a session that another worker answers is misrouted once the first is seen alive',
  async (t) => {
    const owners = createSessionOwners();
    t.equal(owners.answered(1, 70), 0);
    t.equal(owners.answered(2, 80), 0);
    t.equal(owners.answered(1, 80), 0, 'its worker may have died');
    t.equal(owners.answered(2, 80), 0);
    t.equal(owners.answered(3, 70), 1, 'but it has not');
    t.equal(owners.answered(1, 80), 0, 'told once');
    t.equal(owners.answered(1, 0), 0, 'an answer that does not tell is held against nobody');
  },
);

t.test('sessions that move after the death of their worker are not misrouted', async (t) => {
  const owners = createSessionOwners();
  const first = [1, 2, 3, 4].map((session) => owners.answered(session, 70 + (session % 2)));
  const then = [1, 2, 3, 4].map((session) => owners.answered(session, 80 + (session % 2)));
  t.same([...first, ...then], [0, 0, 0, 0, 0, 0, 0, 0]);
});

/** Starts a bus with three echo workers; resolves with its port. */
async function startBus(t: Test, argv: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const [command, ...args] = echoWorkerProgram(folder, 'auto').argv;
  const config = join(folder, 'config.json');
  writeFileSync(config, JSON.stringify({ pools: [{ id: 'e', command, args, instances: 3 }] }));
  const port = await freePort();
  const flags = ['--config', config, '--tcp', `127.0.0.1:${port}`];
  const bus = spawn(process.execPath, [...argv, ...flags], { stdio: 'ignore' });
  t.teardown(async () => {
    bus.kill('SIGTERM');
    if (bus.exitCode === null && bus.signalCode === null) await once(bus, 'exit');
  });
  await untilAnswered({ kind: 'tcp', host: '127.0.0.1', port }, 48, () => undefined);
  return port;
}

t.test('a bus that moves sessions under load is caught, one that does not is not', async (t) => {
  const mutant = scriptOf('../../conformance/mutants/mutant-bus.js');
  const buses = [
    { argv: [scriptOf('../../stdio-bus.js')], isWhole: true },
    { argv: [mutant, 'affinity-by-connection'], isWhole: false },
    { argv: [mutant, 'affinity-lost-at-reconnect'], isWhole: false },
  ];
  const generator = await startGenerator();
  t.teardown(() => generator.stop());
  for (const { argv, isWhole } of buses) {
    const port = await startBus(t, argv);
    const command: LoadCommand = {
      kind: 'load',
      target: { kind: 'tcp', host: '127.0.0.1', port },
      connections: 1,
      inFlight: 64,
      frameBytes: 200,
      sessions: 60,
      warmUpMs: 0,
      durationMs: 0,
      frames: 1000,
      method: 'tell',
      quietMs: 10_000,
    };
    // The second has a connection of its own, and the sessions of the first.
    const first = (await generator.run(command, timeoutMs)).counts;
    const second = (await generator.run(command, timeoutMs)).counts;
    const name = String(argv.at(-1));
    t.match(first, { answered: 1000, misrouted: 0, errors: 0 }, name);
    t.match(second, { answered: 1000, errors: 0 }, name);
    t.equal(second.misrouted === 0, isWhole, `${name}: ${second.misrouted} misrouted`);
  }
});
