import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import type { BusConfig, Pool } from '../../schemas/generated/bus-config.ts';
import type { ConfigProblem } from '../bus/config-check.ts';

/** What is wrong with the commands and folders of a configuration, found without a start. CFG-3. */
export function commandProblems({ pools }: BusConfig): ConfigProblem[] {
  return pools.flatMap((pool, index) => {
    const { command, cwd = '.' } = pool;
    if (!statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) {
      return [
        {
          pointer: `/pools/${index}/cwd`,
          problem: `there is no such folder: ${JSON.stringify(cwd)}`,
        },
      ];
    }
    const candidates = candidatePaths(pool);
    if (candidates.some(isProgram)) return [];
    const reason = candidates.some((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
      ? 'it may not be executed'
      : `there is no such program${command.includes('/') ? '' : ' in PATH'}`;
    const problem = `${JSON.stringify(command)} cannot be started: ${reason}`;
    return [{ pointer: `/pools/${index}/command`, problem }];
  });
}

/** Where the system looks for a command: a path as it is, a name in the worker's PATH. */
function candidatePaths({ command, cwd = '.', env }: Pool): string[] {
  if (command.includes('/')) return [resolve(cwd, command)];
  const path = env?.PATH ?? process.env.PATH ?? '/usr/local/bin:/bin:/usr/bin';
  return path.split(delimiter).map((folder) => resolve(cwd, folder, command));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
