import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `stdio-bus-kit` as a process of its own, as a user would: without the test runner in it. */
export function startCli(...args: string[]): ChildProcessWithoutNullStreams {
  const command = [process.execPath, `${root}dist/cli.js`, ...args];
  return spawn('env', ['-u', 'NODE_OPTIONS', ...command], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });
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
