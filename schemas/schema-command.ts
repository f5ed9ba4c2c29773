import { parseArgs } from 'node:util';
import { type Command, exitCodes, parsed, UsageError } from '../command.ts';
import { type Definition, Definitions } from './definition.ts';
import { typescriptFromDefinition } from './typescript.ts';

const help = `Prints the schemas of stdio_bus: frames, methods, files and reports.

Usage: stdio-bus-kit schema list
       stdio-bus-kit schema show NAME [--typescript]

NAME is a schema file (\`frame\`) or one definition of it (\`frame#Request\`). A file's JSON Schema is
printed as it is written; a definition is printed with a "$ref" to it beside all that it needs.

Options:
  --typescript   print TypeScript declarations instead, with all that they refer to
  -h, --help     print this

Examples:
  stdio-bus-kit schema list
  stdio-bus-kit schema show bus-config > bus-config.schema.json
  stdio-bus-kit schema show frame#Request --typescript

Exit codes: 0 printed, 64 wrong usage.
`;

/** The command \`schema\`. */
export const schemaCommand: Command = {
  help,
  run: async (args) => {
    const { positionals, values } = parsed(() =>
      parseArgs({ args, allowPositionals: true, options: { typescript: { type: 'boolean' } } }),
    );
    const [action, name, ...surplus] = positionals;
    const definitions = new Definitions();
    if (surplus.length > 0) throw new UsageError(`schema: "${surplus[0]}" is too much`);
    if (action === 'list' && name === undefined) process.stdout.write(listing(definitions));
    else if (action === 'show') show(definitions, name, values.typescript === true);
    else throw new UsageError('schema: say `schema list` or `schema show NAME`');
    return exitCodes.ok;
  },
};

function listing(definitions: Definitions): string {
  const width = Math.max(...definitions.files.map(({ name }) => name.length));
  return definitions.files
    .map(({ name, schema, definitions: members }) => {
      const names = Object.keys(members).map((member) => `${' '.repeat(width + 2)}#${member}\n`);
      return `${name.padEnd(width)}  ${schema.title}\n${names.join('')}`;
    })
    .join('\n');
}

function show(definitions: Definitions, name: string | undefined, isTypescript: boolean): void {
  if (name === undefined) throw new UsageError('schema show: which? `schema list` lists the names');
  const file = definitions.files.find((candidate) => candidate.name === fileNameOf(name));
  const isWholeFile = !name.includes('#');
  const found = isWholeFile ? undefined : definitions.find(name);
  if (file === undefined || (!isWholeFile && found === undefined)) {
    throw new UsageError(definitions.unknown(name));
  }
  if (isTypescript) {
    const wanted = found ? [found] : definitionsOf(definitions, file.name);
    process.stdout.write(typescriptFromDefinition(definitions, wanted));
    return;
  }
  const schema = found ? { ...file.schema, $ref: `#/$defs/${name.split('#')[1]}` } : file.schema;
  process.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
}

function fileNameOf(name: string): string {
  return (name.split('#')[0] as string).replace('.schema.json', '');
}

function definitionsOf(definitions: Definitions, file: string): Definition[] {
  return definitions
    .names()
    .filter((name) => name.startsWith(`${file}#`))
    .map((name) => definitions.find(name) as Definition);
}
