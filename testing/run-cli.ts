import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

const env = { PATH: process.env.PATH, HOME: process.env.HOME };

/** Runs a command as a user would, in a folder; what it printed. Throws where it fails. */
export function outputOf(cwd: string, command: readonly string[], input = ''): string {
  const [program = '', ...args] = command;
  return execFileSync(program, args, { cwd, env, input, encoding: 'utf8', stdio: 'pipe' });
}

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a script of the checkout as a user would. */
export function startNode(script: string, ...args: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [`${root}${script}`, ...args], { env });
}

/** Starts `stdio-bus-kit`. */
export function startCli(...args: string[]): ChildProcessWithoutNullStreams {
  return startNode('dist/cli.js', ...args);
}

/** Waits for the end of a process, with all that it printed. */
export async function finished(child: ChildProcessWithoutNullStreams): Promise<Finished> {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const [code, signal] = await once(child, 'close');
  return { code, signal, stdout, stderr };
}

/** Runs `stdio-bus-kit` to its end, with the input on its standard input. */
export function runCli(args: readonly string[], input: string | Buffer = ''): Promise<Finished> {
  const child = startCli(...args);
  // It may stop reading early.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return finished(child);
}
