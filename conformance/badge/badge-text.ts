import type { ConformanceReport } from '../../schemas/generated/conformance-report.ts';
import { excludedReason } from '../report/requirement-results.ts';
import { countOf, verdictSentence } from '../report/verdict-sentence.ts';

/** What a badge says: no more than the report does. */
export interface BadgeText {
  readonly label: string;
  readonly message: string;
  /** For a screen reader and as a tooltip: with the subject's name and the scope. */
  readonly title: string;
  readonly colour: string;
}

const colours = {
  full: '#3c8a1a',
  part: '#6f7f12',
  broken: '#c43d31',
  unclear: '#8a6d00',
} as const;

/**
 * The badge of a report: the profiles that ran, and which part of their requirements was seen to be
 * kept. Whatever was left out, could not be judged or is known to fail lowers the percentage, which
 * is never rounded up; a transport is named where not all ran.
 */
export function badgeTextFromReport(
  report: ConformanceReport,
  profileOfRequirement: (id: string) => string | undefined,
): BadgeText {
  const { verdict, selection, baseline, startFailure } = report;
  const title = `stdio_bus: ${verdictSentence(report)}`;
  const label = 'stdio_bus';
  if (startFailure !== undefined) {
    return { label, message: 'does not start', title, colour: colours.broken };
  }
  if (verdict === 'inconclusive' || verdict === 'harness-error') {
    return { label, message: 'not judged', title, colour: colours.unclear };
  }
  const wanted = report.requirements.filter(
    ({ id, verdict: each, reason = '' }) =>
      each !== 'not-applicable' &&
      !reason.startsWith(excludedReason) &&
      (selection.profiles as readonly string[]).includes(profileOfRequirement(id) ?? ''),
  );
  const passed = wanted.filter((requirement) => requirement.verdict === 'pass').length;
  const percentage = wanted.length === 0 ? 0 : Math.floor((passed / wanted.length) * 100);
  const where = selection.complete ? '' : ` on ${selection.transports.join(' ')}`;
  const known = baseline?.known ?? 0;
  const message = [
    `${selection.profiles.join(' ')}${where}`,
    ...(verdict === 'not-conformant' ? ['not conformant'] : []),
    `${percentage} %`,
    ...(known === 0 ? [] : [countOf(known, 'known failure')]),
  ].join(' · ');
  if (verdict === 'not-conformant') return { label, message, title, colour: colours.broken };
  const isFull = percentage === 100 && known === 0;
  return { label, message, title, colour: isFull ? colours.full : colours.part };
}
