import type { ConformanceReport } from '../../schemas/generated/conformance-report.ts';
import { readDocumentFile, readValidDocumentFile } from '../document-file.ts';
import { reportProblems, type VerifyOptions } from './verify-report.ts';

const definition = 'conformance-report#ConformanceReport';

/** A report that was verified. */
export interface VerifiedReport {
  /** One line each; none where the report holds. */
  readonly problems: readonly string[];
  /** Absent where the file is no report at all. */
  readonly report?: ConformanceReport;
}

/** Verifies a report file: its schema, then what it says. Throws SetUpProblem where it is no JSON. */
export function verifyReportFile(file: string, options: VerifyOptions): VerifiedReport {
  const { value, problems } = readDocumentFile(file, definition);
  if (problems.length > 0) return { problems };
  const report = value as ConformanceReport;
  return { report, problems: reportProblems(report, options) };
}

/** Reads a report. Throws SetUpProblem where it cannot be read or does not keep its schema. */
export function readReport(file: string): ConformanceReport {
  return readValidDocumentFile(file, definition).value as ConformanceReport;
}
