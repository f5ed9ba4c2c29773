import type { ConformanceReport } from '../schemas/generated/conformance-report.ts';

/** Exit codes of `conform`; wrong usage is 64, as with every command. */
export const conformExitCodes = {
  conformant: 0,
  notConformant: 1,
  /** Something could not be judged, or nothing ran. */
  inconclusive: 2,
  /** The harness or the set-up failed. */
  harnessError: 3,
} as const;

const codes: Readonly<Record<ConformanceReport['verdict'], number>> = {
  conformant: conformExitCodes.conformant,
  'not-conformant': conformExitCodes.notConformant,
  inconclusive: conformExitCodes.inconclusive,
  'harness-error': conformExitCodes.harnessError,
};

/** The exit code of a run that ended with this verdict. */
export function exitCodeFromVerdict(verdict: ConformanceReport['verdict']): number {
  return codes[verdict];
}
