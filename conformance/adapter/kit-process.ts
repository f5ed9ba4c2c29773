import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../harness-error.ts';
import { LineSplitter } from '../history/line-splitter.ts';
import { environmentMark, runMark } from '../scene/run-mark.ts';

/** Where a command of the kit listens. */
export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

const program = fileURLToPath(new URL('../../cli.js', import.meta.url));

/** A command of the kit that listens, as a process of its own. */
export class KitProcess {
  readonly #args: readonly string[];
  readonly #child: ChildProcess;
  readonly #onLine = new Set<(line: string) => void>();
  #end: string | undefined;
  #lastLine = '';

  constructor(args: readonly string[]) {
    this.#args = args;
    const [name, value] = environmentMark(`${runMark}.${randomUUID()}`).split('=') as [
      string,
      string,
    ];
    this.#child = spawn(process.execPath, [program, ...args], {
      env: { ...process.env, [name]: value },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    this.#child.once('error', (error) => {
      this.#end ??= error.message;
    });
    this.#child.once('exit', (code, signal) => {
      this.#end ??= signal === null ? `exit code ${code}` : signal;
    });
    const splitter = new LineSplitter();
    (this.#child.stderr as Readable).on('data', (chunk: Buffer) => {
      for (const line of splitter.push(chunk)) this.#note(line.toString());
    });
  }

  /** How it ended, with its last words; undefined as long as it runs. */
  get end(): string | undefined {
    if (this.#end === undefined) return undefined;
    const words = this.#lastLine === '' ? '' : `; its last words: ${this.#lastLine}`;
    return `stdio-bus-kit ${this.#args.join(' ')}: ${this.#end}${words}`;
  }

  /** Resolves with where it listens, once it says so. Throws HarnessError where it does not. */
  async listening(limitMs: number): Promise<HostAndPort> {
    let timer: NodeJS.Timeout | undefined;
    const said = new Promise<HostAndPort>((resolve) => {
      this.#onLine.add((line) => {
        const [, host, port] = /listening on \w+:\/\/(\S+):(\d+)/.exec(line) ?? [];
        if (host !== undefined)
          resolve({ host: host.replaceAll(/[[\]]/g, ''), port: Number(port) });
      });
    });
    // Its last words come before its pipe is closed.
    const ended = once(this.#child, 'close').then(() => undefined);
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), limitMs);
    });
    const address = await Promise.race([said, ended, late]).finally(() => clearTimeout(timer));
    if (address !== undefined) return address;
    throw new HarnessError(
      this.end ??
        `stdio-bus-kit ${this.#args.join(' ')}: it does not listen after ${limitMs / 1000} s`,
    );
  }

  #note(line: string): void {
    this.#lastLine = line;
    for (const call of this.#onLine) call(line);
  }

  /** Ends it at once. */
  destroy(): void {
    this.#child.kill('SIGKILL');
    this.#child.stderr?.destroy();
  }
}
