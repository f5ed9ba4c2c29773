import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BusScenario } from '../../bus-scenario.ts';
import { startIsRefused } from '../../judges/refused-start.ts';
import type { Scene } from '../../scene/scene.ts';
import { launchRefused, markedPool } from './refused-start.ts';

interface BadCommand {
  readonly name: string;
  readonly title: string;
  readonly at: string;
  poolOf(scene: Scene): { readonly command?: string; readonly cwd?: string };
}

const badCommands: readonly BadCommand[] = [
  {
    name: 'command-not-there',
    title: 'A command at whose path there is nothing',
    at: '/pools/1/command',
    poolOf: ({ folder }) => ({ command: join(folder, 'no-such-worker') }),
  },
  {
    name: 'command-not-in-path',
    title: 'A command that is in no folder of PATH',
    at: '/pools/1/command',
    poolOf: () => ({ command: 'no-such-worker-of-the-suite' }),
  },
  {
    name: 'command-not-executable',
    title: 'A command that may not be executed',
    at: '/pools/1/command',
    poolOf({ folder }) {
      const command = join(folder, 'plain-file');
      writeFileSync(command, '#!/bin/sh\n', { mode: 0o644 });
      return { command };
    },
  },
  {
    name: 'command-is-a-folder',
    title: 'A command that is a folder',
    at: '/pools/1/command',
    poolOf: ({ folder }) => ({ command: folder }),
  },
  {
    name: 'cwd-not-there',
    title: 'A cwd that does not exist',
    at: '/pools/1/cwd',
    poolOf: ({ folder }) => ({ cwd: join(folder, 'nowhere') }),
  },
  {
    name: 'cwd-is-a-file',
    title: 'A cwd that is a file',
    at: '/pools/1/cwd',
    poolOf({ folder }) {
      const cwd = join(folder, 'plain-file');
      writeFileSync(cwd, '');
      return { cwd };
    },
  },
];

export const badCommandScenarios: readonly BusScenario[] = badCommands.map(
  ({ name, title, at, poolOf }) => ({
    id: `configuration/${name}`,
    title: `${title} ends the bus, which names the place and leaves no worker`,
    requirements: ['CFG-3'],
    does: 'Starts the bus with a second pool that cannot be started. A line on stderr names the place, the exit code is not 0, and no worker is left, of the first pool neither.',
    isLaunchedByDrive: true,
    drive: (scene) => {
      const pools = [markedPool(scene), { ...markedPool(scene, 'tools'), ...poolOf(scene) }];
      return launchRefused(scene, { config: { pools } }, 'CFG-3', { mayStartWorkers: true });
    },
    judges: [startIsRefused('CFG-3', { places: [at], mayStartWorkers: true })],
  }),
);
