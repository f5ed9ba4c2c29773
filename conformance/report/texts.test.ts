import fc from 'fast-check';
import t from 'tap';
import { anyText, broken, mixedReport as report, reportWith } from '../../testing/mixed-report.ts';
import {
  sampleCatalogue as catalogue,
  sampleReport,
  sampleResult,
} from '../../testing/sample-conformance.ts';
import { markdownFromReport } from './markdown.ts';
import { markdownCode } from './markdown-text.ts';
import { terminalTextFromReport } from './terminal-text.ts';

// The machine may be busy.
t.setTimeout(120_000);

t.test('Markdown has the table by profile, each failure and what was run', async (t) => {
  const markdown = markdownFromReport(report, catalogue);
  t.match(markdown, /^# Conformance of their bus\n\n\*\*not-conformant\*\*: /);
  t.match(markdown, /^\| requirements \| passed \| failed \|/m);
  t.match(markdown, /^\| core \| 0 \| 2 \| 1 \| 0 \| 0 \| 0 \|$/m);
  t.match(markdown, /^### AFF-1 \(MUST\) What AFF-1 asks for$/m);
  t.match(markdown, /^- seen: workers &lt;0> &amp; "1"$/m);
  t.match(markdown, /^```text\n\+12 ms client 1 → \{"id":1\}$/m);
  t.match(markdown, /^- fails for another reason: AFF-1: two responses$/m);
  t.match(markdown, /harness-error: no port is free/);
});

t.test('text of a subject ends neither code nor a line of Markdown', async (t) => {
  t.equal(markdownCode('a``b`'), '``` a``b` ```');
  fc.assert(
    fc.property(anyText, (text) => {
      const lines = markdownFromReport(reportWith(text), catalogue).split('\n');
      const plain = markdownFromReport(reportWith('x'), catalogue).split('\n');
      // A reason that is cut off at a character is none in a group of its own: the shape stays.
      return (
        lines.length === plain.length && lines.filter((line) => /^`{3,}/.test(line)).length === 2
      );
    }),
  );
});

t.test(
  'the terminal gets a table, each failure with how to see it again, and the verdict',
  async (t) => {
    const text = terminalTextFromReport(report, { catalogue });
    t.match(text, /^requirements {2}passed {2}failed {2}inconclusive {2}harness error/);
    t.match(text, /^core +0 +2 +1 +0 /m);
    t.match(
      text,
      /^FAIL AFF-1 MUST What AFF-1 asks for\n {2}scenario +affinity\/rfc on tcp: Five users/m,
    );
    t.match(
      text,
      /^ {2}expected +one worker\n {2}seen +workers <0> & "1"\n {2}timeline *\n {4}\+12 ms/m,
    );
    t.match(text, /^ {2}again +stdio-bus-kit conform bus --only affinity\/rfc/m);
    t.match(text, /drain\/signal on tcp, harness-error: no port is free/);
    t.match(text, /fails for another reason: AFF-1: two responses/);
    t.match(
      text,
      /\nnot-conformant: their bus is not conformant \(core on tcp, a part of the suite\): 0 of 4 judged/,
    );
    t.notOk(text.includes('\u001b'));
  },
);

t.test('one failure on several transports is told once', async (t) => {
  const text = terminalTextFromReport(
    sampleReport([broken, { ...broken, transport: 'unix' }, { ...broken, transport: 'stdio' }]),
    { catalogue },
  );
  t.equal(text.match(/^FAIL AFF-1/gm)?.length, 1);
  t.match(text, /affinity\/rfc on tcp, unix, stdio: /);
});

t.test('of many failures alike three are told in full, for the requirement first', async (t) => {
  const failing = (id: string, reason = 'two workers', requirements = ['COR-1', 'AFF-1']) => ({
    ...broken,
    id: `affinity/${id}`,
    requirements,
    checks: [{ requirement: 'AFF-1', verdict: 'fail' as const, reason }],
  });
  const many = Array.from({ length: 9 }, (_, n) => failing(`n${n}`));
  const results = [...many, failing('own', undefined, ['AFF-1']), failing('else', 'no worker')];
  const text = terminalTextFromReport(sampleReport(results), { catalogue });
  const told = [...text.matchAll(/^ {2}scenario +(\S+)/gm)].map(([, id]) => id);
  t.strictSame(told, ['affinity/n0', 'affinity/n1', 'affinity/own', 'affinity/else']);
  t.match(
    text,
    /\nThe same in other scenarios:\n {2}FAIL AFF-1 two workers: 7 more scenarios, affinity\/n2, .*n7 and 1 more\n/,
  );
  const markdown = markdownFromReport(sampleReport(results), catalogue);
  t.equal(markdown.match(/^### AFF-1/gm)?.length, 4);
  t.match(
    markdown,
    /\n## The same in other scenarios\n\n- AFF-1 two workers: `affinity\/n2`, .*`affinity\/n8`\n/,
  );
});

t.test('a conformant subject is told which SHOULD it failed', async (t) => {
  const spread = sampleResult({ id: 'affinity/spread', requirements: ['AFF-5'], verdict: 'fail' });
  const text = terminalTextFromReport(sampleReport([sampleResult(), spread]), { catalogue });
  t.match(
    text,
    /\nconformant: .*: 1 of 2 judged requirements passed, not what is a SHOULD: AFF-5\n$/,
  );
});

t.test('a known failure is marked, and attempts that ended differently are counted', async (t) => {
  const attemptVerdicts = ['pass', 'fail', 'pass'] as const;
  const unstable = {
    ...broken,
    attempts: 3,
    unstable: true,
    attemptVerdicts: [...attemptVerdicts],
  };
  const known = [{ id: 'AFF-1', reason: 'a session had' }];
  const text = terminalTextFromReport(sampleReport([unstable]), { catalogue, known });
  t.match(text, /^KNOWN AFF-1/m);
  t.match(text, /^FAIL COR-1/m);
  t.match(text, /affinity\/rfc on tcp: 2 × pass, 1 × fail of 3 attempts/);
});

t.test('colours come only when asked, and no text of a subject brings its own', async (t) => {
  const coloured = terminalTextFromReport(report, { catalogue, isColoured: true });
  t.ok(coloured.includes('\u001b[31mFAIL\u001b[39m'));
  fc.assert(
    fc.property(anyText, (text) => {
      const plain = terminalTextFromReport(reportWith(text), { catalogue });
      return !/[\p{Cc}\p{Cf}]/u.test(plain.replaceAll('\n', ''));
    }),
  );
});
