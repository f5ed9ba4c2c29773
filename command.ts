/** Exit codes of the commands, after sysexits.h where it has one. */
export const exitCodes = {
  ok: 0,
  invalid: 1,
  usage: 64,
  noInput: 66,
  unavailable: 69,
  interrupted: 130,
} as const;

/** A command of `stdio-bus-kit`. */
export interface Command {
  /** Its help: usage, options, examples, exit codes. */
  readonly help: string;
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
