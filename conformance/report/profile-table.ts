import type {
  ConformanceReport,
  RequirementVerdict,
} from '../../schemas/generated/conformance-report.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';

/** How the requirements of one profile came out. */
export interface ProfileRow {
  readonly profile: string;
  readonly counts: Readonly<Record<RequirementVerdict, number>>;
}

/** The verdicts of requirements and the headings of their columns. */
export const profileColumns: readonly (readonly [RequirementVerdict, string])[] = [
  ['pass', 'passed'],
  ['fail', 'failed'],
  ['inconclusive', 'inconclusive'],
  ['harness-error', 'harness error'],
  ['not-applicable', 'not applicable'],
  ['not-run', 'not run'],
];

/** The requirements of a report by profile, in the catalogue's order, with a row for the sum. */
export function profileRowsFrom(report: ConformanceReport, catalogue: Catalogue): ProfileRow[] {
  const rows = new Map<string, Record<RequirementVerdict, number>>();
  const total = noCounts();
  for (const { id, verdict } of report.requirements) {
    const profile = catalogue.find(id)?.profile ?? 'unknown';
    const counts = rows.get(profile) ?? noCounts();
    counts[verdict]++;
    total[verdict]++;
    rows.set(profile, counts);
  }
  return [
    ...[...rows].map(([profile, counts]) => ({ profile, counts })),
    { profile: 'all', counts: total },
  ];
}

function noCounts(): Record<RequirementVerdict, number> {
  return {
    pass: 0,
    fail: 0,
    inconclusive: 0,
    'harness-error': 0,
    'not-applicable': 0,
    'not-run': 0,
  };
}
