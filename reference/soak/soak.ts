import { parseArgs } from 'node:util';
import { exitCodes, parsed, UsageError } from '../../command.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { runSoak, type SoakResult } from './soak-run.ts';

const help = `Puts random load and random faults on the reference bus, and checks what it must keep.

Usage: node dist/reference/soak/soak.js [--seconds 600] [--seed N]

50 clients with 2000 sessions, half on TCP and half on a Unix socket; 20 workers in 4 pools. Workers
are killed and stopped, clients leave, stand still and send bad bytes. Checked: one response for each
request, the order in each session, no frame for the wrong client, memory and descriptors flat from
minute 2 on (from a third on, in shorter runs), a drain with exit code 0, and no process left.

The seed gives the same decisions again, not the same moments.

Exit codes: 0 clean, 1 violations, 64 wrong usage, 69 the buses do not start, 130 interrupted.
`;

async function main(args: string[]): Promise<number> {
  const { values } = parsed(() =>
    parseArgs({
      args,
      options: {
        seconds: { type: 'string', default: '600' },
        seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
        help: { type: 'boolean', short: 'h' },
      },
    }),
  );
  if (values.help === true) {
    process.stdout.write(help);
    return exitCodes.ok;
  }
  const seconds = numberFrom(values.seconds, 'seconds');
  const seed = numberFrom(values.seed, 'seed');
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interrupted.abort());
  }
  process.stdout.write(`soak of ${seconds} s with the seed ${seed}\n`);
  const ledger = createLedger();
  const stopProgress = showProgress(ledger, seconds);
  const result = await runSoak({ seconds, seed, ledger, signal: interrupted.signal }).finally(
    stopProgress,
  );
  process.stdout.write(summaryOf(ledger, result));
  if (ledger.violationCount > 0) {
    process.stdout.write(violationsOf(ledger, seed));
    return exitCodes.invalid;
  }
  return interrupted.signal.aborted ? exitCodes.interrupted : exitCodes.ok;
}

function numberFrom(text: string, option: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new UsageError(`--${option} is a whole number above 0, not "${text}"`);
}

/** On a terminal a line that changes each second, else a line a minute. */
function showProgress(ledger: Ledger, seconds: number): () => void {
  const startMs = performance.now();
  const line = () => {
    const passed = Math.round((performance.now() - startMs) / 1000);
    const counts = ['requests', 'responses', 'kills', 'reconnects'].map(
      (name) => `${ledger.counts.get(name) ?? 0} ${name}`,
    );
    return `${passed} of ${seconds} s: ${counts.join(', ')}, ${ledger.violationCount} violations`;
  };
  const { isTTY } = process.stderr;
  const timer = setInterval(
    () => process.stderr.write(isTTY ? `\r\x1b[K${line()}` : `${line()}\n`),
    isTTY ? 1000 : 60_000,
  );
  return () => {
    clearInterval(timer);
    if (isTTY) process.stderr.write('\r\x1b[K');
  };
}

function summaryOf(ledger: Ledger, { trends, restarts }: SoakResult): string {
  const list = (counts: ReadonlyMap<string, number>) =>
    [...counts].map(([name, count]) => `${name} ${count}`).join(', ') || 'none';
  const lines = [
    `counts: ${list(ledger.counts)}, restarts ${restarts}`,
    `errors: ${list(ledger.errors)}`,
  ];
  for (const [transport, { residentMegabytes, descriptors }] of trends) {
    const [before, after] = residentMegabytes.map((each) => each.toFixed(1));
    lines.push(
      `${transport}: memory ${before} → ${after} MB, descriptors ${descriptors.join(' → ')}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function violationsOf({ violations, violationCount }: Ledger, seed: number): string {
  const shown = violations.map((each) => `  ${each}\n`).join('');
  return `${violationCount} violations with the seed ${seed}; the first:\n${shown}`;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // What keeps a soak from running is no violation.
  process.stderr.write(`soak: ${(error as Error).message}\n`);
  process.exitCode = error instanceof UsageError ? exitCodes.usage : exitCodes.unavailable;
}
