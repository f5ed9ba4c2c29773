import type { CheckVerdict } from '../../schemas/generated/conformance-report.ts';

const fromWorst: readonly CheckVerdict[] = [
  'fail',
  'harness-error',
  'inconclusive',
  'pass',
  'not-applicable',
];

/** The worst of some verdicts, or undefined where there are none. */
export function worstVerdict(verdicts: readonly CheckVerdict[]): CheckVerdict | undefined {
  return fromWorst.find((verdict) => verdicts.includes(verdict));
}
