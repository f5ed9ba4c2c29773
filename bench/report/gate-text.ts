import type { LoadSubject } from '../../schemas/generated/load-report.ts';

/** How a bus did in the gate, in words; undefined of a baseline. */
export function gateText({ role, gate, gateFailures, gateNote }: LoadSubject): string | undefined {
  if (role !== 'subject') return undefined;
  if (gate === 'passed') return 'passed the conformance gate';
  if (gate === 'not-run') return `conformance gate not run: ${gateNote ?? 'not asked for'}`;
  return `FAILED the conformance gate: ${gateFailures.join(', ') || gateNote}`;
}
