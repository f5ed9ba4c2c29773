import { parseArgs } from 'node:util';

/** Exit codes of the commands, after sysexits.h where it has one. */
export const exitCodes = {
  ok: 0,
  invalid: 1,
  usage: 64,
  noInput: 66,
  unavailable: 69,
  outputError: 74,
  interrupted: 130,
} as const;

/** A command of `stdio-bus-kit`. */
export interface Command {
  /** Its help: usage, options, examples, exit codes. */
  readonly help: string;
  /** The commands that its first argument names, where it has such: each has help of its own. */
  readonly subcommands?: readonly CommandEntry[];
  /** Runs it with the arguments after its name; resolves with the exit code. Throws UsageError. */
  run(args: string[]): Promise<number>;
}

/** How a folder registers a command: its code is loaded only when it is run. */
export interface CommandEntry {
  readonly name: string;
  /** What it does, in a few words. */
  readonly summary: string;
  load(): Promise<Command>;
}

/** The command line is wrong: ends with one line that says what to do, and exit code 64. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Runs `util.parseArgs` or the like; what it refuses becomes a UsageError. */
export function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')) throw error;
    const [sentence] = (error as Error).message.split(/\.\s/);
    throw new UsageError(`${sentence}; --help lists the options`);
  }
}

type Options = Readonly<
  Record<string, { readonly type: 'string' | 'boolean'; readonly default?: string | boolean }>
>;

type Values<T extends Options> = {
  readonly [N in keyof T]:
    | (T[N]['type'] extends 'boolean' ? boolean : string)
    | (T[N] extends { readonly default: string | boolean } ? never : undefined);
};

/** Arguments with their positionals, by `util.parseArgs`. An option that stands twice is refused. */
export function parsedArgs<const T extends Options>(
  command: string,
  { args, options }: { readonly args: string[]; readonly options: T },
): { readonly positionals: string[]; readonly values: Values<T> } {
  const { tokens, positionals, values } = parsed(() =>
    parseArgs({ args, options, allowPositionals: true, tokens: true }),
  );
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    if (seen.has(token.name)) throw new UsageError(`${command}: ${token.rawName} stands twice`);
    seen.add(token.name);
  }
  return { positionals, values: values as unknown as Values<T> };
}

/** A stranger's text for a terminal: cut, and no control or format character as it is. */
export function printable(text: string, longest = 400): string {
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return short.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) as number;
    return `\\u{${code.toString(16)}}`;
  });
}
