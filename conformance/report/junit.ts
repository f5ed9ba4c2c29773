import type { Check, ConformanceReport } from '../../schemas/generated/conformance-report.ts';
import { type ReportCase, reportCasesFrom } from './report-case.ts';
import { commandText } from './start-failure-text.ts';
import { xmlAttributes, xmlContent } from './xml-text.ts';

/**
 * The report as JUnit XML: a suite for each profile and transport, a case for each scenario. A
 * failure's type is the requirement that was broken; what could not be judged is an error, what
 * does not apply is skipped.
 */
export function junitFromReport(report: ConformanceReport): string {
  const cases = reportCasesFrom(report);
  const suites = [...groupsOf(cases)].map(([name, group]) => suiteXml(name, group, report));
  const attributes = xmlAttributes({
    name: `${report.suite.name}: ${report.subject.name}`,
    ...countsOf(cases),
    time: seconds(report.durationMs),
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes}>\n${suites.join('')}</testsuites>\n`;
}

function groupsOf(cases: readonly ReportCase[]): Map<string, ReportCase[]> {
  const groups = new Map<string, ReportCase[]>();
  for (const each of cases) groups.set(each.group, [...(groups.get(each.group) ?? []), each]);
  return groups;
}

function suiteXml(name: string, cases: readonly ReportCase[], report: ConformanceReport): string {
  const durationMs = cases.reduce((sum, each) => sum + each.durationMs, 0);
  const attributes = xmlAttributes({
    name,
    ...countsOf(cases),
    time: seconds(durationMs),
    timestamp: report.startedAt,
  });
  const properties = Object.entries(propertiesOf(report)).map(
    ([property, value]) => `      <property${xmlAttributes({ name: property, value })}/>\n`,
  );
  return [
    `  <testsuite${attributes}>\n`,
    `    <properties>\n${properties.join('')}    </properties>\n`,
    ...cases.map(caseXml),
    '  </testsuite>\n',
  ].join('');
}

function propertiesOf(report: ConformanceReport): Record<string, string> {
  const { suite, catalogue, subject, seed, verdict } = report;
  return {
    suite: `${suite.name} ${suite.version}`,
    catalogue: catalogue.sha256,
    command: commandText(subject.command),
    ...(subject.sha256 === undefined ? {} : { subject: subject.sha256 }),
    seed,
    verdict,
  };
}

function countsOf(cases: readonly ReportCase[]): Record<string, number> {
  const count = (...verdicts: string[]) =>
    cases.filter(({ verdict }) => verdicts.includes(verdict)).length;
  return {
    tests: cases.length,
    failures: count('fail'),
    errors: count('inconclusive', 'harness-error'),
    skipped: count('not-applicable'),
  };
}

function caseXml(each: ReportCase): string {
  const { group, name, title, durationMs } = each;
  const attributes = xmlAttributes({
    classname: group,
    name: `${name}: ${title}`,
    time: seconds(durationMs),
  });
  const outcome = outcomeXml(each);
  if (outcome === '') return `    <testcase${attributes}/>\n`;
  return `    <testcase${attributes}>\n${outcome}    </testcase>\n`;
}

function outcomeXml({ verdict, checks, reason = verdict, scenario }: ReportCase): string {
  if (verdict === 'pass') return '';
  if (verdict === 'not-applicable')
    return `      <skipped${xmlAttributes({ message: reason })}/>\n`;
  const element = verdict === 'fail' ? 'failure' : 'error';
  const text = (check?: Check) =>
    xmlContent(detailLines(check, scenario?.reproduce, reason).join('\n'));
  if (verdict !== 'fail' || checks.length === 0) {
    const attributes = xmlAttributes({ type: verdict, message: firstLine(reason) });
    return `      <${element}${attributes}>${text(checks[0])}</${element}>\n`;
  }
  return checks
    .map((check) => {
      const message = firstLine(check.reason ?? reason);
      const attributes = xmlAttributes({ type: check.requirement, message });
      return `      <${element}${attributes}>${text(check)}</${element}>\n`;
    })
    .join('');
}

function detailLines(check: Check | undefined, reproduce: string | undefined, reason: string) {
  const { requirement, expected, seen, timeline = [] } = check ?? {};
  return [
    requirement === undefined ? reason : `${requirement}: ${check?.reason ?? reason}`,
    ...(expected === undefined ? [] : [`expected: ${expected}`]),
    ...(seen === undefined ? [] : [`seen: ${seen}`]),
    ...(timeline.length === 0 ? [] : ['timeline:', ...timeline.map((line) => `  ${line}`)]),
    ...(reproduce === undefined ? [] : [`again: ${reproduce}`]),
  ];
}

function firstLine(text: string): string {
  return text.split('\n')[0] as string;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
