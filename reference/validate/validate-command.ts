import { parseArgs } from 'node:util';
import { type Command, parsed, UsageError } from '../../command.ts';
import { type Definition, Definitions } from '../../schemas/definition.ts';
import { validateRouting } from '../../schemas/generated/bus-config.validate.ts';
import { type InputFormat, validateFiles } from './validate-files.ts';

const help = `Checks frames or files of stdio_bus, and prints a line for each problem.

Usage: stdio-bus-kit validate [OPTION …] FILE …        (- is standard input)

Frames, histories and other NDJSON are checked line by line in a stream of any length: as bytes
(framing, UTF-8, JSON, routing members), then against the schema. A configuration, manifest or
report is one JSON or YAML document.

Options:
  --schema NAME             what the input has to be: a schema (\`schema list\`) or one definition of
                            it, such as frame#Request; default: frame
  --hop HOP                 what may travel on a hop: client-to-bus, bus-to-worker, worker-to-bus or
                            bus-to-client
  --format FORMAT           ndjson, json or yaml; default: by the schema and the file's name
  --max-frame-bytes N       longest line, as max_input_buffer; default: 1048576
  --session-id-field NAME   the member that names the session; default: sessionId
  --max-problems N          print so many problems and count the rest; 0 prints all; default: 1000
  --json                    print problems and the summary as one JSON object a line
  -h, --help                print this

A problem: FILE:LINE:COLUMN: POINTER: what was expected, found what [REQUIREMENT, DEFINITION]
(columns are bytes from 1; with --json also "byte", from the start of the input).

Examples:
  stdio-bus-kit validate frames.ndjson
  stdio-bus-kit validate --hop worker-to-bus worker-output.ndjson
  their_worker < requests.ndjson | stdio-bus-kit validate --hop worker-to-bus -
  stdio-bus-kit validate --schema bus-config config.json
  stdio-bus-kit validate --json frames.ndjson | jq -r .requirement | sort | uniq -c

Exit codes: 0 all valid, 1 problems found, 64 wrong usage, 66 no such input, 130 interrupted.
`;

const hops: Readonly<Record<string, string>> = {
  'client-to-bus': 'hop#ClientToBus',
  'bus-to-worker': 'hop#BusToWorker',
  'worker-to-bus': 'hop#WorkerToBus',
  'bus-to-client': 'hop#BusToClient',
};

const formats: readonly string[] = ['ndjson', 'json', 'yaml'];

/** The command `validate`. */
export const validateCommand: Command = {
  help,
  run: async (args) => {
    const { positionals, values } = parsed(() =>
      parseArgs({
        args,
        allowPositionals: true,
        options: {
          schema: { type: 'string' },
          hop: { type: 'string' },
          format: { type: 'string' },
          'max-frame-bytes': { type: 'string', default: '1048576' },
          'max-problems': { type: 'string', default: '1000' },
          'session-id-field': { type: 'string', default: 'sessionId' },
          json: { type: 'boolean', default: false },
        },
      }),
    );
    if (positionals.length === 0) {
      throw new UsageError('validate: which FILE? (- is standard input; --help shows examples)');
    }
    if (values.format !== undefined && !formats.includes(values.format)) {
      throw new UsageError(`validate: --format is ndjson, json or yaml, not "${values.format}"`);
    }
    const sessionIdField = values['session-id-field'];
    if (!validateRouting({ session_id_field: sessionIdField })) {
      throw new UsageError(
        `validate: --session-id-field cannot be "${sessionIdField}": a frame has that member already`,
      );
    }
    const definitions = new Definitions();
    const maxProblems = wholeNumber('--max-problems', values['max-problems'], 0);
    return validateFiles(positionals, {
      definitions,
      definition: chosenDefinition(definitions, values.schema, values.hop),
      format: values.format as InputFormat | undefined,
      maxFrameBytes: wholeNumber('--max-frame-bytes', values['max-frame-bytes'], 1),
      maxProblems: maxProblems === 0 ? Number.POSITIVE_INFINITY : maxProblems,
      sessionIdField,
      isJson: values.json,
    });
  },
};

function chosenDefinition(
  definitions: Definitions,
  schema: string | undefined,
  hop: string | undefined,
): Definition {
  if (schema !== undefined && hop !== undefined) {
    throw new UsageError('validate: --schema or --hop, not both');
  }
  if (hop !== undefined && hops[hop] === undefined) {
    throw new UsageError(`validate: --hop is one of ${Object.keys(hops).join(', ')}, not "${hop}"`);
  }
  const name = hop === undefined ? (schema ?? 'frame') : (hops[hop] as string);
  const found = definitions.find(name);
  if (found !== undefined) return found;
  const file = definitions.files.find((candidate) => candidate.name === name);
  if (file === undefined) throw new UsageError(`validate: ${definitions.unknown(name)}`);
  const [example] = Object.keys(file.definitions);
  throw new UsageError(
    `validate: "${name}" has many definitions; name one, such as ${name}#${example}`,
  );
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value < 2 ** 31) return value;
  throw new UsageError(`validate: ${option} is a whole number from ${least}, not "${text}"`);
}
