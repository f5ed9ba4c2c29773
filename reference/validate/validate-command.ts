import { type Command, parsedArgs, UsageError } from '../../command.ts';
import { type Definition, Definitions } from '../../schemas/definition.ts';
import { validateRouting } from '../../schemas/generated/bus-config.validate.ts';
import { type InputFormat, validateFiles } from './validate-files.ts';

const help = `Checks frames or files of stdio_bus, and prints a line for each problem.

Usage: stdio-bus-kit validate [OPTION …] FILE …        (- is standard input)

Frames, histories and other NDJSON are checked line by line in a stream of any length: as bytes
(framing, UTF-8, JSON, routing members), then against the schema. A configuration, manifest or
report is one JSON document of at most 64 MiB, or one YAML document of at most 4 MiB and of what
JSON can say.

Options:
  --schema NAME             what the input has to be: a schema (\`schema list\`) or one definition of
                            it, such as frame#Request; default: frame
  --hop HOP                 what may travel on a hop: client-to-bus, bus-to-worker, worker-to-bus or
                            bus-to-client
  --format FORMAT           ndjson, json or yaml; default: by the schema and the file's name
  --max-frame-bytes N       longest line, as max_input_buffer, up to 268435456; default: 1048576
  --session-id-field NAME   the member that names the session; default: sessionId
  --max-problems N          print so many problems and count the rest; 0 prints all, but of one
                            document or frame 100000 at most; default: 1000
  --json                    print problems and the summary as one JSON object a line
  -h, --help                print this

A problem: FILE:LINE:COLUMN: POINTER: what is wrong [REQUIREMENT, DEFINITION], in order of place.
The pointer (RFC 6901) is that of the member, of a missing one too; the place of a missing member is
its object, that of an unknown one its name. Columns are bytes from 1. With --json, a problem has the
members file, line, column, byte (from the start of the input), pointer, problem, and where they are
known expected, found, requirement and definition.

Examples:
  stdio-bus-kit validate frames.ndjson
  stdio-bus-kit validate --hop worker-to-bus worker-output.ndjson
  their_worker < requests.ndjson | stdio-bus-kit validate --hop worker-to-bus -
  stdio-bus-kit validate --schema bus-config config.json
  stdio-bus-kit validate --json frames.ndjson | jq -r .requirement | sort | uniq -c

Exit codes: 0 all valid, 1 problems found, 64 wrong usage, 66 an input cannot be read, 74 the output
cannot be written, 130 interrupted.
`;

const options = {
  schema: { type: 'string' },
  hop: { type: 'string' },
  format: { type: 'string' },
  'max-frame-bytes': { type: 'string', default: '1048576' },
  'max-problems': { type: 'string', default: '1000' },
  'session-id-field': { type: 'string', default: 'sessionId' },
  json: { type: 'boolean', default: false },
} as const;

const hops: ReadonlyMap<string, string> = new Map([
  ['client-to-bus', 'hop#ClientToBus'],
  ['bus-to-worker', 'hop#BusToWorker'],
  ['worker-to-bus', 'hop#WorkerToBus'],
  ['bus-to-client', 'hop#BusToClient'],
]);

/** The longest string of Node 20 is a little below twice that. */
const maxFrameBytesLimit = 268_435_456;

const formats: readonly string[] = ['ndjson', 'json', 'yaml'];

/** The command `validate`. */
export const validateCommand: Command = {
  help,
  run: async (args) => {
    const { positionals, values } = parsedArgs('validate', { args, options });
    if (positionals.length === 0) {
      throw new UsageError('validate: which FILE? (- is standard input; --help shows examples)');
    }
    if (values.format !== undefined && !formats.includes(values.format)) {
      throw new UsageError(`validate: --format is ndjson, json or yaml, not "${values.format}"`);
    }
    const sessionIdField = checkedSessionIdField(values['session-id-field']);
    const definitions = new Definitions();
    const maxProblems = wholeNumber('--max-problems', values['max-problems'], [0, 1_000_000_000]);
    const maxFrameBytes = values['max-frame-bytes'];
    return validateFiles(positionals, {
      definition: chosenDefinition(definitions, values.schema, values.hop),
      format: values.format as InputFormat | undefined,
      maxFrameBytes: wholeNumber('--max-frame-bytes', maxFrameBytes, [1, maxFrameBytesLimit]),
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
  const name = hop === undefined ? (schema ?? 'frame') : hops.get(hop);
  if (name === undefined) {
    throw new UsageError(`validate: --hop is one of ${[...hops.keys()].join(', ')}, not "${hop}"`);
  }
  const found = definitions.find(name);
  if (found !== undefined) return found;
  const file = name.includes('#') ? undefined : definitions.file(name);
  if (file === undefined) throw new UsageError(`validate: ${definitions.unknown(name)}`);
  const [example] = Object.keys(file.definitions);
  throw new UsageError(
    `validate: "${name}" has many definitions; name one, such as ${file.name}#${example}`,
  );
}

function checkedSessionIdField(name: string): string {
  if (validateRouting({ session_id_field: name })) return name;
  const [{ keyword } = { keyword: '' }] = validateRouting.errors ?? [];
  const reason =
    keyword === 'not'
      ? `cannot be "${name}": a frame has that member already`
      : 'is a name of 1 to 128 characters';
  throw new UsageError(`validate: --session-id-field ${reason}`);
}

function wholeNumber(option: string, text: string, [least, most]: [number, number]): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(
    `validate: ${option} is a whole number from ${least} to ${most}, not "${text}"`,
  );
}
