import { type Command, exitCodes, parsedArgs, UsageError } from '../command.ts';
import { type Definition, Definitions } from './definition.ts';
import { bundledSchema } from './schema-bundle.ts';
import { typescriptFromDefinition } from './typescript.ts';

const help = `Prints the schemas of stdio_bus: frames, methods, files and reports.

Usage: stdio-bus-kit schema list
       stdio-bus-kit schema show NAME [--typescript]

NAME is a schema file (\`frame\`) or one definition of it (\`frame#Request\`). What is printed is
complete: the files that it refers to are in its "$defs", each under its "$id", where any validator
of JSON Schema 2020-12 finds them. "x-requirement" is an annotation.

Options:
  --typescript   print TypeScript declarations instead, with all that they refer to
  -h, --help     print this

Examples:
  stdio-bus-kit schema list
  stdio-bus-kit schema show bus-config > bus-config.schema.json
  stdio-bus-kit schema show frame#Request --typescript

Exit codes: 0 printed, 64 wrong usage, 74 the output cannot be written.
`;

/** The command \`schema\`. */
export const schemaCommand: Command = {
  help,
  run: async (args) => {
    const { positionals, values } = parsedArgs('schema', {
      args,
      options: { typescript: { type: 'boolean', default: false } },
    });
    const [action, name, ...surplus] = positionals;
    const definitions = new Definitions();
    if (surplus.length > 0) throw new UsageError(`schema: "${surplus[0]}" is too much`);
    if (action === 'list' && name === undefined) {
      if (values.typescript) throw new UsageError('schema: --typescript belongs to `schema show`');
      process.stdout.write(listing(definitions));
    } else if (action === 'show') show(definitions, name, values.typescript);
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
  const file = definitions.file(name);
  const [, definition] = name.split('#');
  const found = definition === undefined ? undefined : definitions.find(name);
  if (file === undefined || (definition !== undefined && found === undefined)) {
    throw new UsageError(definitions.unknown(name));
  }
  if (isTypescript) {
    const wanted = found ? [found] : definitionsOf(definitions, file.name);
    process.stdout.write(typescriptFromDefinition(definitions, wanted));
    return;
  }
  const schema = bundledSchema(file, definitions.files, definition);
  process.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
}

function definitionsOf(definitions: Definitions, file: string): Definition[] {
  return definitions
    .names()
    .filter((name) => name.startsWith(`${file}#`))
    .map((name) => definitions.find(name) as Definition);
}
