import { readFileSync } from 'node:fs';
import t from 'tap';
import { parse } from 'yaml';
import { Definitions, schemaFolder } from './definition.ts';
import type { RequirementCatalogue } from './generated/requirements.ts';
import { validateRequirementCatalogue } from './generated/requirements.validate.ts';
import { findProblems } from './problem.ts';

const specFolder = new URL('../spec/', schemaFolder);
const read = (name: string) => readFileSync(new URL(name, specFolder), 'utf8');
const catalogue = parse(read('requirements.yaml')) as RequirementCatalogue;
const definitions = new Definitions();
const proseFiles = ['protocol.md', 'errors.md', 'worker.md', 'process.md'];
const allFiles = [...proseFiles, 'field.md', 'README.md'];

interface ProseRequirement {
  readonly id: string;
  readonly anchor: string;
  readonly level: string;
  readonly appliesTo: readonly string[];
  readonly text: string;
}

/** The requirements of the prose: a heading that is an id, then the line of level and roles. */
const prose: ProseRequirement[] = proseFiles.flatMap((file) =>
  read(file)
    .split(/^#### (?=[A-Z]{3}-\d+$)/m)
    .slice(1)
    .map((section) => {
      const [id, , statement = '', ...rest] = section.split('\n');
      const [, level = '', roles = ''] = /^\*\*([A-Z]+)\*\* · ([a-z, ]+)/.exec(statement) ?? [];
      return {
        id: id as string,
        anchor: `${file}#${(id as string).toLowerCase()}`,
        level,
        appliesTo: roles.split(',').map((role) => role.trim()),
        text: rest.join('\n').split(/^#{1,4} /m)[0] as string,
      };
    }),
);

t.test('the catalogue keeps its schema', async (t) => {
  t.ok(validateRequirementCatalogue(catalogue));
  t.strictSame(validateRequirementCatalogue.errors, null);
});

t.test('prose and catalogue have the same requirements, in the same order', async (t) => {
  t.strictSame(
    catalogue.requirements.map(({ id, anchor, level, appliesTo }) => ({
      id,
      anchor,
      level,
      appliesTo: [...appliesTo].sort(),
    })),
    prose.map(({ id, anchor, level, appliesTo }) => ({
      id,
      anchor,
      level,
      appliesTo: [...appliesTo].sort(),
    })),
  );
});

t.test(
  'each chapter is numbered from 1 without gaps, in the file that the catalogue names',
  async (t) => {
    for (const { prefix, file } of catalogue.chapters) {
      const own = prose.filter(({ id }) => id.startsWith(prefix));
      t.strictSame(
        own.map(({ id }) => id),
        own.map((_, index) => `${prefix}-${index + 1}`),
      );
      for (const { anchor } of own) t.ok(anchor.startsWith(`${file}#`));
    }
  },
);

t.test('each requirement says its level in RFC 2119 words and gives one reason', async (t) => {
  for (const { id, level, text } of prose) {
    const word = level === 'MUST' ? /MUST/ : new RegExp(`${level}|RECOMMENDED`);
    t.match(text, word, id);
    t.equal(text.match(/^Reason: \S/gm)?.length, 1, `${id}: reasons`);
  }
});

t.test('ids, links and anchors of the prose lead somewhere', async (t) => {
  const ids = new Set(prose.map(({ id }) => id));
  const anchors = new Map(allFiles.map((file) => [file, anchorsOf(read(file))]));
  for (const file of allFiles) {
    for (const [id] of read(file).matchAll(
      /\b(?:FRM|COR|AFF|RST|DRN|FLW|CFG|SEC|EXT|WRK|PRC)-\d+\b/g,
    )) {
      t.ok(ids.has(id), `${file} names ${id}`);
    }
    for (const [, target] of read(file).matchAll(/\]\(([^)]+)\)/g)) {
      const [path, anchor] = (target as string).split('#') as [string, string | undefined];
      if (/^[a-z]+:/.test(path) || !/^(?:[a-z]+\.md)?$/.test(path)) continue;
      const known = anchors.get(path === '' ? file : path);
      t.ok(known, `${file} links to ${target}`);
      if (anchor !== undefined) t.ok(known?.has(anchor), `${file} links to ${target}`);
    }
  }
});

t.test(
  'schemas and field table name requirements that exist, and the table names all',
  async (t) => {
    const ids = new Set(prose.map(({ id }) => id));
    for (const { name, schema } of definitions.files) {
      for (const [, id] of JSON.stringify(schema).matchAll(/"x-requirement":"([^"]*)"/g)) {
        t.ok(ids.has(id as string), `${name} names ${id}`);
      }
    }
    const rows = [...read('field.md').matchAll(/^\| \[?([A-Z]{3}-\d+)/gm)].map(
      ([, id]) => id as string,
    );
    t.strictSame(new Set(rows), ids);
  },
);

t.test('every frame and file in the prose is what its fence says', async (t) => {
  let count = 0;
  for (const file of allFiles) {
    const fences = read(file).matchAll(/^```json (invalid )?([a-z-]+#[A-Za-z]+)\n(.*?)^```/gms);
    for (const [, invalid, name, body] of fences) {
      const definition = definitions.find(name as string);
      if (definition === undefined) {
        t.fail(`${file}: there is no ${name}`);
        continue;
      }
      for (const text of documentsIn(name as string, body as string)) {
        const problems = findProblems(definitions, definition, JSON.parse(text));
        t.equal(
          problems.length > 0,
          invalid !== undefined,
          `${file}: ${text} ${JSON.stringify(problems)}`,
        );
        count++;
      }
    }
  }
  t.ok(count > 60, `${count} documents`);
});

t.test('no JSON in the prose goes unchecked', async (t) => {
  for (const file of allFiles) {
    const tags = [...read(file).matchAll(/^```(json.*)$/gm)].map(([, tag]) => tag as string);
    for (const tag of tags) t.match(tag, /^json (invalid )?[a-z-]+#[A-Za-z]+$/, `${file}: ${tag}`);
  }
});

/** A configuration is one document over several lines; frames are one a line. */
function documentsIn(definition: string, body: string): string[] {
  if (definition.startsWith('bus-config#')) return [body];
  return body.split('\n').filter((line) => line !== '');
}

/** Anchors of a Markdown file's headings, as GitHub makes them. */
function anchorsOf(text: string): Set<string> {
  const headings = text.replaceAll(/^```.*?^```/gms, '').matchAll(/^#{1,6} (.+)$/gm);
  return new Set(
    [...headings].map(([, heading]) =>
      (heading as string)
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
