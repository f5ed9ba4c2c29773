import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConformanceReport } from '../../schemas/generated/conformance-report.ts';
import { validateConformanceReport } from '../../schemas/generated/conformance-report.validate.ts';
import type { LoadSubject } from '../../schemas/generated/load-report.ts';
import { startGroup } from '../subjects/process-group.ts';
import { type Subject, transportOf } from '../subjects/subject.ts';

type Gate = Pick<LoadSubject, 'gate' | 'gateFailures' | 'gateNote'>;

/** What makes a fast bus worthless: frames that are changed, mixed up, or sent to the wrong one. */
const scenarios = [
  'framing/many-in-one-write',
  'framing/request-unchanged',
  'correlation/colliding-ids',
  'affinity/one-connection',
];
const timeoutMs = 90_000;
const commandLine = fileURLToPath(new URL('../../cli.js', import.meta.url));

/** No gate, and why. */
export function notRun(gateNote: string): Gate {
  return { gate: 'not-run', gateFailures: [], gateNote };
}

/** Judges a bus by some short scenarios of the conformance suite, in a process of its own. */
export async function gateOf(subject: Subject, folder: string): Promise<Gate> {
  const file = join(folder, `gate-${subject.name.replaceAll(/\W/g, '_')}.json`);
  const group = await startGroup([
    process.execPath,
    commandLine,
    ...['conform', 'bus', '--only', scenarios.join(',')],
    ...['--transport', transportOf(subject, 'any'), '--report', `json=${file}`],
    '--',
    ...subject.argv,
  ]);
  const death = await group.deathWithin(timeoutMs);
  await group.stop();
  if (death === undefined) return notRun(`it took longer than ${timeoutMs / 1000} s`);
  const report = reportFrom(file);
  if (report === undefined) return notRun(`the conformance suite ${death}`);
  const failed = report.requirements.filter(({ verdict }) => verdict === 'fail');
  if (failed.length > 0) return { gate: 'failed', gateFailures: failed.map(({ id }) => id) };
  if (report.verdict === 'conformant') return { gate: 'passed', gateFailures: [] };
  return { gate: 'failed', gateFailures: [], gateNote: `its verdict is ${report.verdict}` };
}

function reportFrom(file: string): ConformanceReport | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return validateConformanceReport(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
