import standaloneCode from 'ajv/dist/standalone/index.js';
import { type SchemaFile, SchemaProblem } from '../schema-file.ts';
import { createSchemaCompiler, withoutAnnotations } from './schema-compiler.ts';

/** What ajv's code needs at run time, and what it gets instead, so that it needs no ajv. */
const runtime = new Map([
  [
    'require("ajv/dist/runtime/ucs2length").default',
    { name: 'codePointLength', from: '../code-point-length.ts' },
  ],
  ['require("ajv/dist/runtime/equal").default', { name: 'isDeepStrictEqual', from: 'node:util' }],
]);

/** How ajv's code takes over the errors of a validator that it called. */
const takeover = /(\w+) = \1 === null \? (\w+)\.errors : \1\.concat\(\2\.errors\);/g;

/**
 * One schema file as a module of standalone validators, `validateX` for each definition X.
 * Throws SchemaProblem where ajv's code needs something of ajv that is not replaced here.
 */
export function validatorModule(file: SchemaFile, files: readonly SchemaFile[]): string {
  const ajv = createSchemaCompiler(files.map(withoutAnnotations), { allErrors: true });
  const definitions = Object.keys(file.definitions);
  // The prefix keeps ajv's exports apart from the names of its own functions.
  const exported = Object.fromEntries(
    definitions.map((name) => [`ajv${name}`, `${file.id}#/$defs/${name}`]),
  );
  const generate = standaloneCode as unknown as typeof standaloneCode.default;
  const code = generate(ajv, exported).replace('"use strict";\n', '');
  const imports = new Map<string, string>();
  const body = code
    .replaceAll(takeover, (_statement, errors, called) => {
      imports.set('joinedErrors', '../error-list.ts');
      return `${errors} = joinedErrors(${errors}, ${called}.errors);`;
    })
    .replaceAll(/require\("[^"]*"\)(?:\.default)?/g, (call) => {
      const replacement = runtime.get(call);
      if (!replacement) throw new SchemaProblem(file.name, '', `its validator needs ${call}`);
      imports.set(replacement.name, replacement.from);
      return replacement.name;
    })
    .replaceAll(/^export const ajv(\w+) = (\w+);$/gm, (_line, name, validator) =>
      [
        `/** Whether a value is a {@link ${name}}; \`errors\` then says what is wrong. */`,
        `export const validate${name}: Validator<${name}> = ${validator};`,
      ].join('\n'),
    );
  return [
    '// @ts-nocheck\n',
    `// Generated from ../${file.name}.schema.json by \`npm run generate\`; do not edit.\n`,
    "import type { Validator } from '../validator.ts';\n",
    ...[...imports].map(([name, from]) => `import { ${name} } from '${from}';\n`),
    `import type { ${[...definitions].sort().join(', ')} } from './${file.name}.ts';\n\n`,
    renumbered(body.trim()),
    '\n',
  ].join('');
}

/** ajv numbers across all files; numbered from 0 here, a change to one file leaves the others alone. */
function renumbered(code: string): string {
  const numbers = new Map<string, number>();
  return code.replaceAll(/\b(validate|schema)(\d+)\b/g, (name, kind: string) => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return `${kind}${number}`;
  });
}
