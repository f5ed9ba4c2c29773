import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { printable } from '../../command.ts';
import type { Baseline, BaselineEntry } from '../../schemas/generated/baseline.ts';
import { isYamlName, readValidDocumentFile } from '../document-file.ts';
import { SetUpProblem, systemReason } from '../set-up-problem.ts';

/** A baseline as it was read: the known failures, and the digest of the file. */
export interface BaselineFile {
  readonly sha256: string;
  readonly failures: readonly BaselineEntry[];
}

/**
 * Reads a baseline, YAML by its name (.yaml, .yml) or else JSON.
 * Throws SetUpProblem where it cannot be read, does not keep its schema or says something twice.
 */
export function readBaseline(file: string): BaselineFile {
  const { value, sha256 } = readValidDocumentFile(file, 'baseline#Baseline');
  const { failures } = value as Baseline;
  const labels = failures.map(baselineEntryLabel);
  const repeated = labels.findIndex((label, index) => labels.indexOf(label) !== index);
  if (repeated === -1) return { sha256, failures };
  const name = `${printable(file)}: /failures/${repeated}`;
  throw new SetUpProblem(`${name}: "${printable(String(labels[repeated]))}" stands there already`);
}

/** Writes a baseline in the format that its name says. Throws SetUpProblem. */
export function writeBaseline(file: string, failures: readonly BaselineEntry[]): void {
  const baseline: Baseline = { version: 1, failures: [...failures] };
  const text = isYamlName(file)
    ? stringify(baseline, { lineWidth: 0 })
    : `${JSON.stringify(baseline, null, 2)}\n`;
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new SetUpProblem(`cannot write ${printable(file)}: ${systemReason(error)}`);
  }
}

/** An entry in one line: `RST-3 on tcp: restart came after 0 ms`. */
export function baselineEntryLabel({ id, transport, reason }: BaselineEntry): string {
  return `${id}${transport === undefined ? '' : ` on ${transport}`}: ${reason}`;
}
