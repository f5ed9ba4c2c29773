import type {
  ConformanceReport,
  RequirementVerdict,
} from '../../schemas/generated/conformance-report.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { failuresFromResults, reasonOf } from '../report/failure.ts';

/** How a requirement came out in one report. */
export interface MatrixCell {
  readonly verdict: RequirementVerdict;
  /** Why it failed, each reason once; or why it does not apply. */
  readonly reasons: readonly string[];
}

export interface MatrixRow {
  readonly id: string;
  readonly level: string;
  readonly title: string;
  readonly profile: string;
  /** One for each report. */
  readonly cells: readonly MatrixCell[];
  /** Whether those that judged it differ. */
  readonly isDifferent: boolean;
}

/** A report in a matrix, with a name that no other of it has. */
export interface MatrixSubject {
  readonly name: string;
  readonly report: ConformanceReport;
}

export interface Matrix {
  readonly subjects: readonly MatrixSubject[];
  readonly rows: readonly MatrixRow[];
}

/** Reports of one kind of subject side by side: a row for each requirement that any of them has. */
export function matrixFromReports(
  reports: readonly ConformanceReport[],
  catalogue: Catalogue,
): Matrix {
  const subjects = namedSubjects(reports);
  const columns = reports.map(cellsOf);
  const ids = new Set(reports.flatMap(({ requirements }) => requirements.map(({ id }) => id)));
  const order = new Map(catalogue.requirements.map(({ id }, at) => [id, at]));
  const inOrder = [...ids].sort(
    (a, b) => (order.get(a) ?? ids.size + 1000) - (order.get(b) ?? ids.size + 1000),
  );
  const rows = inOrder.map((id): MatrixRow => {
    const cells = columns.map(
      (column): MatrixCell => column.get(id) ?? { verdict: 'not-run', reasons: ['not in it'] },
    );
    const requirement = catalogue.find(id);
    const judged = cells
      .map(({ verdict }) => verdict)
      .filter((verdict) => verdict !== 'not-run' && verdict !== 'not-applicable');
    return {
      id,
      level: requirement?.level ?? '',
      title: requirement?.title ?? 'no requirement of this catalogue',
      profile: requirement?.profile ?? 'unknown',
      cells,
      isDifferent: new Set(judged).size > 1,
    };
  });
  return { subjects, rows };
}

function cellsOf({ requirements, scenarios }: ConformanceReport): Map<string, MatrixCell> {
  const reasons = new Map<string, Set<string>>();
  for (const { check } of failuresFromResults(scenarios)) {
    const known = reasons.get(check.requirement) ?? new Set();
    reasons.set(check.requirement, known.add(reasonOf(check)));
  }
  return new Map(
    requirements.map(({ id, verdict, reason }) => [
      id,
      {
        verdict,
        reasons: [
          ...(verdict === 'fail' ? (reasons.get(id) ?? []) : []),
          ...(reason === undefined ? [] : [reason]),
        ],
      },
    ]),
  );
}

function namedSubjects(reports: readonly ConformanceReport[]): MatrixSubject[] {
  const plain = reports.map(({ subject, via }) =>
    [
      subject.name,
      ...(subject.version ? [subject.version] : []),
      ...(via ? [`by ${via}`] : []),
    ].join(' '),
  );
  return reports.map((report, at) => {
    const name = plain[at] as string;
    const same = plain.filter((other) => other === name).length;
    const number = plain.slice(0, at + 1).filter((other) => other === name).length;
    return { name: same === 1 ? name : `${name} (${number})`, report };
  });
}
