import fc from 'fast-check';
import t from 'tap';
import { parse } from 'yaml';
import { validateConformanceReport } from '../../schemas/generated/conformance-report.validate.ts';
import {
  anyText,
  mixedReport as report,
  reportWith,
  startFailure,
} from '../../testing/mixed-report.ts';
import { sampleCatalogue as catalogue, sampleReport } from '../../testing/sample-conformance.ts';
import { xmlElementFrom, xmlElements } from '../../testing/xml-element.ts';
import { junitFromReport } from './junit.ts';
import { tapFromReport } from './tap.ts';
import { terminalTextFromReport } from './terminal-text.ts';
import { xmlAttribute, xmlContent } from './xml-text.ts';

// The machine may be busy.
t.setTimeout(120_000);

t.test(
  'JUnit has a suite for each profile and transport and a case for each scenario',
  async (t) => {
    const suites = xmlElementFrom(junitFromReport(report));
    t.match(suites.attributes, { tests: '6', failures: '2', errors: '2', skipped: '1' });
    t.strictSame(
      suites.children.map(({ attributes }) => `${attributes.name} ${attributes.tests}`),
      ['run 1', 'core.tcp 4', 'lifecycle.tcp 1'],
    );
    const cases = xmlElements(suites, 'testcase');
    const outcomes = cases.map(({ children }) =>
      children.map(({ name, attributes }) => [name, attributes.type]),
    );
    t.strictSame(outcomes, [
      [['failure', 'fail']],
      [],
      [
        ['failure', 'AFF-1'],
        ['failure', 'COR-1'],
      ],
      [['error', 'inconclusive']],
      [['skipped', undefined]],
      [['error', 'harness-error']],
    ]);
    const [, , failed] = cases;
    t.match(
      failed?.children[0]?.text,
      /seen: workers <0> & "1"\n(.*\n)*again: .*--only affinity\/rfc/,
    );
    t.match(xmlElements(suites, 'error')[1]?.text, /no port is free/);
  },
);

t.test(
  'any text makes well-formed XML and comes back from it, save what XML cannot say',
  async () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const sayable = text.replace(
          /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu,
          '',
        );
        const element = xmlElementFrom(`<a b="${xmlAttribute(text)}">${xmlContent(text)}</a>`);
        return element.attributes.b === sayable && element.text === sayable;
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(
        anyText,
        (text) => xmlElementFrom(junitFromReport(reportWith(text))) !== undefined,
      ),
    );
  },
);

/** The test points of TAP 14, each with its diagnostic. Throws where a line has no place in it. */
function tapPoints(text: string): { line: string; diagnostic: unknown }[] {
  const [version, ...rest] = text.split('\n');
  if (version !== 'TAP version 14' || rest.pop() !== '') throw new Error('no TAP 14');
  const points: { line: string; diagnostic: unknown }[] = [];
  let plan: number | undefined;
  for (let line = rest.shift(); line !== undefined; line = rest.shift()) {
    if (/^# /.test(line)) continue;
    if (/^1\.\.\d+$/.test(line) && plan === undefined) plan = Number(line.slice(3));
    else if (line === '  ---') {
      const end = rest.indexOf('  ...');
      const yaml = rest.splice(0, end + 1).slice(0, -1);
      (points.at(-1) as (typeof points)[0]).diagnostic = parse(yaml.join('\n'));
    } else if (/^(not )?ok \d+ - /.test(line)) points.push({ line, diagnostic: undefined });
    else throw new Error(`no line of TAP: ${line}`);
  }
  if (plan !== points.length) throw new Error(`${plan} planned, ${points.length} there`);
  return points;
}

t.test(
  'TAP has a test point for each scenario, and a diagnostic where one did not pass',
  async (t) => {
    const points = tapPoints(tapFromReport(report));
    t.strictSame(
      points.map(({ line }) => line.slice(0, 8)),
      ['not ok 1', 'ok 2 - c', 'not ok 3', 'not ok 4', 'not ok 5', 'ok 6 - h'],
    );
    t.match(points[5]?.line, / # SKIP not-applicable it was$/);
    t.match(points[2]?.diagnostic, {
      verdict: 'fail',
      checks: [
        { requirement: 'AFF-1', seen: 'workers <0> & "1"', timeline: { length: 2 } },
        { requirement: 'COR-1' },
      ],
      again: /--only affinity\/rfc/,
    });
    t.equal(points[1]?.diagnostic, undefined);
  },
);

t.test(
  'any text stays in its line of TAP, is no directive, and comes back from the YAML',
  async () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tap = tapFromReport(reportWith(text));
        if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufeff\ufffe\uffff]/u.test(tap.replaceAll('\n', '')))
          return false;
        const [failed, skipped] = tapPoints(tap);
        const { checks } = (failed as { diagnostic: unknown }).diagnostic as {
          checks: { seen: string; timeline: string[] }[];
        };
        const isKept = checks[0]?.seen === text && checks[0].timeline[1] === text;
        const directives = [...(failed?.line ?? '').matchAll(/(?<!\\)(?:\\\\)*#/g)].length;
        const skips = [...(skipped?.line ?? '').matchAll(/(?<!\\)(?:\\\\)*#/g)].length;
        return isKept && directives === 0 && skips === 1;
      }),
      { numRuns: 1000 },
    );
  },
);

t.test('where nothing ran or started, no format can be taken for success', async (t) => {
  for (const empty of [sampleReport([]), sampleReport([], { startFailure })]) {
    const name = empty.startFailure === undefined ? 'run' : 'start';
    t.match(tapFromReport(empty), new RegExp(`^not ok 1 - ${name}: `, 'm'));
    const { attributes } = xmlElementFrom(junitFromReport(empty));
    t.equal(Number(attributes.failures) + Number(attributes.errors), 1);
  }
  const text = terminalTextFromReport(sampleReport([], { startFailure }), { catalogue });
  t.match(text, /^the subject did not start: it exited with 127\ncommand: \.\/their_bus --tcp/);
  t.match(text, /their_bus: \\u\{1b\}\[31mnot found/);
  t.match(text, /\nnot-conformant: [^\n]*\n$/);
});

t.test('the sample reports keep the schema', async (t) => {
  t.ok(validateConformanceReport(report), JSON.stringify(validateConformanceReport.errors));
});
