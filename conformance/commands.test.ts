import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { runCli } from '../testing/run-cli.ts';
import { sampleCatalogue, sampleReport, sampleResult } from '../testing/sample-conformance.ts';
import { xmlElementFrom } from '../testing/xml-element.ts';
import type { BusScenario } from './bus-scenario.ts';
import { readCatalogue } from './catalogue/catalogue.ts';
import { explanation } from './explain-command.ts';

// Many processes are started, on a machine that may be busy.
t.setTimeout(240_000);

const conform = (...args: string[]) => runCli(['conform', ...args]);

t.test('conform lists what it can do, and each part has help of its own', async (t) => {
  const { stdout } = await conform('--help');
  const names = [...stdout.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map(([, name]) => String(name));
  t.strictSame(names, ['bus', 'worker', 'list', 'explain', 'replay', 'verify', 'report', 'badge']);
  for (const name of names) {
    const help = await conform(name, '--help');
    t.match(help.stdout, new RegExp(`^Usage: stdio-bus-kit conform ${name}`, 'm'), name);
    t.match(help.stdout, /^Examples:\n[\s\S]*^Exit codes: /m, name);
    t.equal(help.code, 0);
    t.match(await runCli(['help', 'conform', name]), { code: 0, stdout: help.stdout });
  }
});

t.test('wrong usage says what to do', async (t) => {
  const table: [args: string[], message: RegExp][] = [
    [[], /conform: say what: bus, worker, list/],
    [['lst'], /conform: there is no "lst"; did you mean "list"\?/],
    [['list', 'core'], /conform list: "core" is too much/],
    [['list', '--profile', 'cor'], /did you mean "core"\?/],
    [['list', '--only', 'FRM-111'], /--only "FRM-111" matches no scenario/],
    [['explain'], /conform explain: which ID\?/],
    [['explain', 'FRM-1', 'FRM-2'], /"FRM-2" is too much/],
    [['explain', 'FRM1'], /no requirement or scenario "FRM1"; did you mean "FRM-1"\?/],
    [['verify'], /conform verify: which REPORT\?/],
    [['report'], /conform report: which REPORT\?/],
    [['report', 'a', 'b', '--report', 'tap=-'], /of several reports there is html and markdown/],
    [['badge'], /conform badge: which REPORT\?/],
    [['badge', 'a', '--colour', 'red'], /--colour/],
  ];
  for (const [args, message] of table) {
    const { code, stderr } = await conform(...args);
    t.match(stderr, message);
    t.match(stderr, /^stdio-bus-kit: [^\n]*\n$/);
    t.equal(code, 64);
  }
  t.match(await runCli(['help', 'conform', 'lst']), { code: 64, stderr: /"lst" is too much/ });
});

t.test('list shows the scenarios by profile, for people and for programs', async (t) => {
  const { code, stdout } = await conform('list');
  t.match(stdout, /^core: \d+\n {2}\S+\/\S+ +\S.* \[[A-Z]{3}-\d+.*\]/);
  t.equal(code, 0);
  const json = JSON.parse((await conform('list', '--json', '--only', 'FRM-*')).stdout);
  t.ok(json.length > 0);
  for (const { id, requirements } of json) {
    t.ok(stdout.includes(`  ${id} `), id);
    t.ok(
      requirements.some((requirement: string) => requirement.startsWith('FRM-')),
      id,
    );
  }
});

t.test('every requirement can be explained', async (t) => {
  const { code, stdout } = await conform('explain', 'frm-1');
  t.match(stdout, /^FRM-1: .*\n\nMUST for a bus and a client · profile core · .*\n\n/);
  t.match(stdout, /^Reason: /m);
  t.equal(code, 0);
  const catalogue = readCatalogue();
  for (const { id } of catalogue.requirements) {
    const text = explanation(id, { catalogue, scenarios: [] });
    t.match(text, /^Reason: \S/m, id);
    t.notMatch(text, /\]\(|\*\*/, id);
  }
});

const scenario: BusScenario = {
  id: 'affinity/rfc',
  title: 'Five users on three workers',
  requirements: ['AFF-1', 'COR-1'],
  does: 'Opens five sessions and asks each of them again. '.repeat(4).trim(),
  transports: ['tcp'],
  drive: async () => {},
};

t.test(
  'a requirement is explained with its scenarios, and a scenario with its requirements',
  async (t) => {
    const source = { catalogue: sampleCatalogue, scenarios: [scenario] };
    const requirement = explanation('AFF-1', source);
    t.match(requirement, /\n\nA bus MUST keep AFF-1, see AFF-5\.\n\nReason: so\.\n\nChecked by:/);
    t.match(
      requirement,
      /^ {2}affinity\/rfc \(tcp\): Five users on three workers\n {4}Opens five/m,
    );
    t.match(requirement, /conform bus --only AFF-1 -- /);
    t.ok(requirement.split('\n').every((line) => line.length <= 100));
    t.match(explanation('affinity/rfc', source), /^ {2}COR-1 MUST What COR-1 asks for$/m);
    t.match(explanation('SEC-4', source), /Cannot be checked from outside: nobody can see it/);
    t.match(explanation('WRK-1', source), /no scenario for buses checks it/);
  },
);

t.test(
  'verify ends with 0 for a report that holds, with 1 and its problems for another',
  async (t) => {
    const file = join(t.testdir(), 'report.json');
    const catalogue = readCatalogue();
    const report = sampleReport([], { catalogue });
    writeFileSync(file, JSON.stringify(report));
    t.match(await conform('verify', file), {
      code: 0,
      stdout: /^the report holds: their bus could not be judged in full \(core on tcp, a part/,
    });
    t.match(await conform('verify', '--conformant', file), {
      code: 1,
      stdout:
        /: the verdict is inconclusive\n.*: the run was not complete\nthe report does not hold: 2 problems\n$/,
    });
    writeFileSync(file, JSON.stringify({ ...report, verdict: 'conformant' }));
    t.match(await conform('verify', file), {
      code: 1,
      stdout:
        /: the verdict says conformant, and the scenarios inconclusive\nthe report does not hold: 1 problem\n$/,
    });
    t.match(await conform('verify', `${file}.none`), {
      code: 3,
      stdout: '',
      stderr: /^stdio-bus-kit: cannot read .*: there is no such file or folder\n$/,
    });
  },
);

t.test('badge prints the SVG, or writes it', async (t) => {
  const folder = t.testdir();
  const file = join(folder, 'report.json');
  const result = sampleResult({ requirements: ['AFF-1'] });
  writeFileSync(file, JSON.stringify(sampleReport([result], { catalogue: readCatalogue() })));
  const { code, stdout } = await conform('badge', file);
  t.equal(xmlElementFrom(stdout).name, 'svg');
  t.match(stdout, /core on tcp · \d+ %/);
  t.equal(code, 0);
  const output = join(folder, 'badge.svg');
  t.match(await conform('badge', file, '--output', output), { code: 0, stdout: '' });
  t.equal(readFileSync(output, 'utf8'), stdout);
  t.match(await conform('badge', file, '--output', folder), { code: 3, stderr: /it is a folder/ });
  writeFileSync(file, '{}');
  t.match(await conform('badge', file), { code: 3, stderr: /report\.json: \/version: missing/ });
});
