import fc from 'fast-check';
import t from 'tap';
import type { Profile } from '../../schemas/generated/requirements.ts';
import { sampleCatalogue, sampleReport, sampleResult } from '../../testing/sample-conformance.ts';
import { xmlElementFrom, xmlElements } from '../../testing/xml-element.ts';
import type { FinishedRun } from '../report/report-from-results.ts';
import { badgeSvg } from './badge.ts';
import { badgeTextFromReport } from './badge-text.ts';

const core = [
  sampleResult(),
  sampleResult({ id: 'correlation/one', requirements: ['COR-1'] }),
  sampleResult({ id: 'affinity/spread', requirements: ['AFF-5'] }),
];
const selection = {
  profiles: ['core' as Profile],
  transports: ['tcp' as const],
  only: [],
  skip: [],
  repeat: 1,
  complete: true,
};
const textOf = (results: FinishedRun['results'], members: Partial<FinishedRun> = {}) =>
  badgeTextFromReport(
    sampleReport(results, { selection, ...members }),
    (id) => sampleCatalogue.find(id)?.profile,
  );

t.test('a badge names what ran, and the part of it that was seen to hold', async (t) => {
  t.equal(textOf(core).message, 'core · 100 %');
  const profiles: Profile[] = ['core', 'lifecycle'];
  t.equal(textOf(core, { selection: { ...selection, profiles } }).message, 'core lifecycle · 75 %');
  t.equal(textOf(core.slice(1)).message, 'core · 66 %', 'never rounded up');
});

t.test('what does not apply, or cannot be seen from outside, lowers nothing', async (t) => {
  const profiles: Profile[] = ['core', 'security', 'extensions'];
  t.equal(
    textOf(core, { selection: { ...selection, profiles } }).message,
    'core security extensions · 100 %',
  );
});

t.test('a badge claims no more than a partial run, known failures or a failed run', async (t) => {
  const partial = { selection: { ...selection, complete: false } };
  t.equal(textOf(core, partial).message, 'core on tcp · 100 %');
  const broken = [...core.slice(1), sampleResult({ verdict: 'fail' })];
  t.match(textOf(broken), { message: 'core · not conformant · 66 %' });
  const failures = [{ id: 'AFF-1', reason: 'fail' }];
  const known = textOf(broken, { baseline: { sha256: 'b'.repeat(64), failures } });
  t.equal(known.message, 'core · 66 % · 1 known failure');
  const colours = [textOf(core), known, textOf(broken), textOf([])].map(({ colour }) => colour);
  t.equal(new Set(colours).size, 4);
  t.equal(textOf([]).message, 'not judged');
  t.equal(textOf([...core, sampleResult({ verdict: 'inconclusive' })]).message, 'not judged');
  const startFailure = { command: ['x'], exitCode: 1, signal: null, stderr: [] };
  t.equal(textOf([], { startFailure }).message, 'does not start');
});

t.test('a badge is one SVG image with a title that says it all', async (t) => {
  const text = textOf(core, { subject: { name: 'a <b> & "c"', command: ['x'] } });
  const svg = xmlElementFrom(badgeSvg(text));
  t.match(svg, { name: 'svg', attributes: { role: 'img', 'aria-label': text.title } });
  t.match(svg.children[0], { name: 'title', text: text.title });
  t.match(text.title, 'stdio_bus: a <b> & "c" is conformant: 3 of 3 judged requirements passed');
  t.strictSame(
    xmlElements(svg, 'text').map((each) => each.text),
    ['stdio_bus', 'core · 100 %'],
  );
});

t.test('any text makes a well-formed badge that has room for it', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const svg = xmlElementFrom(
        badgeSvg({ label: text, message: text, title: text, colour: '#444' }),
      );
      const [rect] = xmlElements(svg, 'rect');
      return Number(rect?.attributes.width) === Number(svg.attributes.width);
    }),
  );
  const widthOf = (message: string) =>
    Number(
      xmlElementFrom(badgeSvg({ label: 'a', message, title: 'a', colour: '#444' })).attributes
        .width,
    );
  t.ok(widthOf('core lifecycle · 100 %') > widthOf('core · 100 %') + 40);
});
