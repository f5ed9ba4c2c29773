import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t from 'tap';
import { readCatalogue, specificationFolder } from './catalogue.ts';
import { plainProse, proseAtHeading } from './prose.ts';

t.test('the catalogue has every requirement of the specification, with its prose', async (t) => {
  const catalogue = readCatalogue();
  t.ok(catalogue.requirements.length >= 78);
  for (const requirement of catalogue.requirements) {
    t.equal(catalogue.find(requirement.id), requirement);
    const prose = catalogue.prose(requirement);
    t.match(prose, new RegExp(`^\\*\\*${requirement.level}\\*\\* · `), requirement.id);
    t.match(prose, /^Reason: /m, requirement.id);
    t.notMatch(prose, /^#/m, requirement.id);
  }
  t.equal(catalogue.find('AFF-99'), undefined);
});

t.test('its digest is that of the bytes of the file', async (t) => {
  const bytes = readFileSync(new URL('requirements.yaml', specificationFolder));
  t.equal(readCatalogue().sha256, createHash('sha256').update(bytes).digest('hex'));
});

t.test('a role has its own requirements only, in order', async (t) => {
  const catalogue = readCatalogue();
  t.ok(catalogue.of('worker').every(({ id }) => /^(WRK|PRC)-/.test(id)));
  t.equal(catalogue.of('bus')[0]?.id, 'FRM-1');
  t.notOk(catalogue.of('bus').some(({ appliesTo }) => !appliesTo.includes('bus')));
});

t.test('a catalogue that is not there or keeps no schema is a problem of the set-up', async (t) => {
  const folder = t.testdir({ bad: { 'requirements.yaml': 'version: 1\nchapters: []\n' } });
  const urlOf = (name: string) => pathToFileURL(`${join(folder, name)}/`);
  t.throws(() => readCatalogue(urlOf('none')), { name: 'SetUpProblem', message: /no such file/ });
  t.throws(() => readCatalogue(urlOf('bad')), { name: 'SetUpProblem', message: /\/version: / });
});

t.test('prose ends at the next heading, of any depth; a line in a fence is none', async (t) => {
  const markdown =
    '# A\n\n#### FRM-10\nten\n\n#### FRM-1\n\nfirst\n\n```sh\n# no heading\n```\n\nlast\n\n## B\n\nother\n';
  t.equal(proseAtHeading(markdown, 'frm-1'), 'first\n\n```sh\n# no heading\n```\n\nlast');
  t.equal(proseAtHeading(markdown, 'frm-10'), 'ten');
  t.equal(proseAtHeading(markdown, 'frm-2'), '');
});

t.test('prose for a terminal has no marks of links and emphasis', async (t) => {
  t.equal(plainProse('**MUST** see [AFF-5](#aff-5) or `x`'), 'MUST see AFF-5 or `x`');
});
