import type { ConformanceReport } from '../../schemas/generated/conformance-report.ts';

const sentences: Readonly<Record<ConformanceReport['verdict'], string>> = {
  conformant: 'is conformant',
  'not-conformant': 'is not conformant',
  inconclusive: 'could not be judged in full',
  'harness-error': 'could not be judged: the harness or the set-up failed',
};

/**
 * What a report comes to, in one sentence that says how far it goes: `reference is conformant
 * (core on tcp, a part of the suite): 27 of 27 judged requirements passed`.
 */
export function verdictSentence(report: ConformanceReport): string {
  const { subject, verdict, selection, requirements, baseline, startFailure } = report;
  if (startFailure !== undefined) return `${subject.name} did not start: nothing was judged`;
  const verdicts = requirements.map((requirement) => requirement.verdict);
  const passed = verdicts.filter((each) => each === 'pass').length;
  const judged = verdicts.filter((each) => !['not-run', 'not-applicable'].includes(each)).length;
  const where = `${selection.profiles.join(', ')} on ${selection.transports.join(', ')}`;
  const isNarrowed = selection.only.length + selection.skip.length > 0;
  const part = isNarrowed ? `a part of ${where}` : `${where}, a part of the suite`;
  const scope = selection.complete ? '' : ` (${part})`;
  const advised = requirements
    .filter(({ level, verdict: each }) => level !== 'MUST' && each === 'fail')
    .map(({ id }) => id);
  const notes = [
    ...(verdict !== 'conformant' || advised.length === 0
      ? []
      : [`not what is a SHOULD: ${advised.join(', ')}`]),
    ...(baseline === undefined || baseline.known === 0
      ? []
      : [`${countOf(baseline.known, 'failure')} known from a baseline`]),
    ...(report.via === undefined ? [] : [`reached through ${report.via}`]),
  ].map((note) => `, ${note}`);
  const result =
    judged === 0
      ? 'nothing was judged'
      : `${passed} of ${countOf(judged, 'judged requirement')} passed`;
  return `${subject.name} ${sentences[verdict]}${scope}: ${result}${notes.join('')}`;
}

/** A number with its noun: `1 failure`, `2 failures`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
