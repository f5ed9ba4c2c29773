import { stringify } from 'yaml';
import type { Check, ConformanceReport } from '../../schemas/generated/conformance-report.ts';
import { type ReportCase, reportCasesFrom } from './report-case.ts';

/**
 * The report as TAP 14, a test point for each scenario on each transport. What did not pass carries
 * a YAML diagnostic; what could not be judged is `not ok`, what does not apply is skipped.
 */
export function tapFromReport(report: ConformanceReport): string {
  const cases = reportCasesFrom(report);
  const { suite, subject, verdict, seed } = report;
  const comments = [
    `${suite.name} ${suite.version}, catalogue ${report.catalogue.sha256}`,
    `subject ${subject.name}, seed ${seed}: ${verdict}`,
  ];
  return [
    'TAP version 14\n',
    ...comments.map((comment) => `# ${onOneLine(comment)}\n`),
    `1..${cases.length}\n`,
    ...cases.map(testPoint),
  ].join('');
}

function testPoint(each: ReportCase, index: number): string {
  const { name, title, verdict, reason = verdict } = each;
  const description = `${index + 1} - ${escaped(`${name}: ${title}`)}`;
  if (verdict === 'pass') return `ok ${description}\n`;
  if (verdict === 'not-applicable') return `ok ${description} # SKIP ${escaped(reason)}\n`;
  return `not ok ${description}\n${diagnostic(each)}`;
}

function diagnostic({ verdict, checks, reason, scenario, durationMs }: ReportCase): string {
  const text = stringify(
    {
      verdict,
      ...(reason === undefined ? {} : { message: reason }),
      duration_ms: durationMs,
      ...(checks.length === 0 ? {} : { checks: checks.map(checkMembers) }),
      ...(scenario?.subjectExit === undefined ? {} : { subjectExit: scenario.subjectExit }),
      ...(scenario?.reproduce === undefined ? {} : { again: scenario.reproduce }),
    },
    { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 },
  );
  const lines = text.trimEnd().split('\n');
  return ['---', ...lines.map(printableYaml), '...'].map((line) => `  ${line}\n`).join('');
}

function checkMembers({ requirement, reason, expected, seen, timeline }: Check): object {
  return {
    requirement,
    ...(reason === undefined ? {} : { reason }),
    ...(expected === undefined ? {} : { expected }),
    ...(seen === undefined ? {} : { seen }),
    ...(timeline === undefined ? {} : { timeline }),
  };
}

/** What may stand in a description: one line, in which a hash begins no directive. */
function escaped(text: string): string {
  return onOneLine(text).replace(/[\\#]/g, '\\$&');
}

function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u{feff}\u{fffe}\u{ffff}]+/gu, ' ').trim();
}

/** What YAML does not allow as it is, or a reader may take for the end of a line, is escaped. */
function printableYaml(line: string): string {
  return line.replace(
    /[\u{7f}-\u{9f}\p{Cs}\p{Zl}\p{Zp}\u{feff}\u{fffe}\u{ffff}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
