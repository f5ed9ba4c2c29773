import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type ProcessGroup, startGroup } from '../subjects/process-group.ts';
import type { GeneratorCommand, LoadResult } from './load-command.ts';

const script = fileURLToPath(new URL('../load-generator.js', import.meta.url));

/** The load generator in its own process. */
export interface GeneratorProcess {
  /** One at a time. Rejects where the generator gives no result in time; it is then gone. */
  run(command: GeneratorCommand, timeoutMs: number): Promise<LoadResult>;
  stop(): Promise<void>;
}

export async function startGenerator(): Promise<GeneratorProcess> {
  const group = await startGroup([process.execPath, script], 'pipe');
  const { stdin, stdout } = group.child;
  if (stdin === null || stdout === null) throw new Error('the generator has no pipes');
  stdin.on('error', () => {});
  const lines = createInterface({ input: stdout });
  return {
    async run(command, timeoutMs) {
      const line = nextLine(lines, group, timeoutMs);
      stdin.write(`${JSON.stringify(command)}\n`);
      return JSON.parse(await line) as LoadResult;
    },
    async stop() {
      await group.stop();
    },
  };
}

function nextLine(
  lines: ReturnType<typeof createInterface>,
  group: ProcessGroup,
  timeoutMs: number,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      lines.off('line', onLine);
      lines.off('close', onClose);
    };
    const onLine = (line: string) => {
      settle();
      resolve(line);
    };
    const onClose = () => {
      settle();
      reject(new Error(`the load generator ${group.death ?? 'closed its output'}`));
    };
    const timer = setTimeout(() => {
      settle();
      reject(new Error(`the load generator gave no result in ${timeoutMs} ms`));
    }, timeoutMs);
    lines.on('line', onLine);
    lines.on('close', onClose);
  });
}
