import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How to start an echo worker. */
export interface EchoWorkerProgram {
  readonly language: 'c' | 'node';
  readonly argv: readonly string[];
  /** An argument of its command line that no other process has. */
  readonly mark: string;
}

const sourceInC = fileURLToPath(new URL('../../../bench/echo-worker.c', import.meta.url));
const nodeScript = fileURLToPath(new URL('../echo-worker.js', import.meta.url));

/** The echo worker in C, compiled into the folder, where there is a compiler; else that in Node. */
export function echoWorkerProgram(
  folder: string,
  language: 'auto' | 'c' | 'node',
): EchoWorkerProgram {
  if (language !== 'node' && existsSync(sourceInC)) {
    const program = join(folder, 'echo-worker');
    try {
      const cc = process.env.CC ?? 'cc';
      execFileSync(cc, ['-O2', '-o', program, sourceInC], { stdio: 'pipe' });
      return { language: 'c', argv: [program], mark: program };
    } catch (error) {
      if (language === 'c') throw error;
    }
  }
  return { language: 'node', argv: [process.execPath, nodeScript], mark: nodeScript };
}
