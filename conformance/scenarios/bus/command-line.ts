import { once } from 'node:events';
import { createServer } from 'node:net';
import type { BusScenario } from '../../bus-scenario.ts';
import { judgeOf, observed } from '../../judges/facts.ts';
import { startIsRefused } from '../../judges/refused-start.ts';
import type { LaunchOptions } from '../../scene/launcher.ts';
import type { Scene } from '../../scene/scene.ts';
import { flagsFor } from '../../subject/bus-command.ts';
import { launchRefused, lookAfter, markedPool } from './refused-start.ts';

interface BadUsage {
  readonly name: string;
  readonly title: string;
  readonly isTcp?: boolean;
  argsOf(scene: Scene): readonly string[];
  readonly isConfigInherited?: boolean;
}

const withConfig = ({ places }: Scene) => ['--config', places.config];
const flags = (scene: Scene) => flagsFor(scene.transport, scene.places);

/** An address that cannot be used, in a command line that is fine otherwise. */
const badAddress = (name: string, title: string, address: string): BadUsage => ({
  name,
  title,
  isTcp: true,
  argsOf: (scene) => [...withConfig(scene), '--tcp', address],
});

const badUsages: readonly BadUsage[] = [
  {
    name: 'unknown-option',
    title: 'An unknown option',
    argsOf: (scene) => [...withConfig(scene), ...flags(scene), '--no-such-option'],
  },
  {
    name: 'two-transports',
    title: 'Two transports',
    argsOf: (scene) => [...withConfig(scene), '--stdio', '--tcp', '127.0.0.1:0'],
  },
  { name: 'no-configuration', title: 'No configuration', argsOf: (scene) => flags(scene) },
  {
    name: 'two-configurations',
    title: 'Two configurations',
    isConfigInherited: true,
    argsOf: (scene) => [...withConfig(scene), '--config-fd', '3', ...flags(scene)],
  },
  { name: 'config-without-value', title: '--config without a file', argsOf: () => ['--config'] },
  {
    name: 'config-fd-no-number',
    title: '--config-fd with something that is no number',
    argsOf: (scene) => ['--config-fd', 'three', ...flags(scene)],
  },
  {
    name: 'config-fd-not-open',
    title: '--config-fd with a descriptor that is not open',
    argsOf: (scene) => ['--config-fd', '999', ...flags(scene)],
  },
  badAddress('host-without-port', 'An address without a port', '127.0.0.1'),
  badAddress('port-no-number', 'A port that is no number', '127.0.0.1:http'),
  badAddress('port-out-of-range', 'A port above 65535', '127.0.0.1:65536'),
  badAddress('address-of-another-machine', 'An address of another machine', '192.0.2.1:0'),
];

export const commandLineScenarios: readonly BusScenario[] = [
  {
    id: 'command-line/help',
    title: '--help prints the usage and exits with code 0',
    requirements: ['CFG-5'],
    does: 'Starts the bus with --help alone.',
    isTransportFree: true,
    isLaunchedByDrive: true,
    async drive(scene) {
      if (!scene.hasStandardFlags) return scene.observe('standard-flags', false);
      scene.observe('asked-for-help', true);
      const subject = scene.launch({ args: ['--help'] });
      await subject.ended(scene.timings.startMs, 'CFG-5');
      await lookAfter(scene);
    },
    judges: [
      judgeOf('CFG-5', {
        floor: (story) =>
          observed(story, 'standard-flags') === false
            ? 'the subject does not take the standard options'
            : undefined,
        fault: ({ processes, outputs, header }) => {
          const { exitedUs, exitCode, signal } = processes.get('bus') ?? {};
          if (exitedUs === undefined) return undefined;
          const isSilent = header.transport !== 'stdio' && outputs.length === 0;
          if (exitCode === 0 && !isSilent) return undefined;
          return {
            reason: '--help did not print the usage and exit with code 0',
            expected: 'some text, and exit code 0',
            seen: isSilent ? 'nothing was printed' : `exit code ${exitCode}, signal ${signal}`,
          };
        },
      }),
    ],
  },
  ...badUsages.map(
    ({ name, title, isTcp, argsOf, isConfigInherited = false }): BusScenario => ({
      id: `command-line/${name}`,
      title: `${title} is an error: the bus says so and ends`,
      requirements: ['CFG-5'],
      does: `Starts the bus with a command line that cannot be used (${title}): it says so on stderr, exits with a code that is not 0, and leaves no worker.`,
      ...(isTcp === true ? { transports: ['tcp'] } : { isTransportFree: true }),
      isLaunchedByDrive: true,
      drive: (scene) => launchBadly(scene, { args: argsOf(scene), isConfigInherited }),
      judges: [startIsRefused('CFG-5', { mayStartWorkers: true })],
    }),
  ),
  {
    id: 'command-line/port-in-use',
    title: 'A port that is in use is an error: the bus says so, ends, and leaves no worker',
    requirements: ['CFG-5'],
    does: 'Starts the bus on a port on which the suite itself listens.',
    transports: ['tcp'],
    isLaunchedByDrive: true,
    async drive(scene) {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as { port: number };
      try {
        await launchBadly(scene, { args: [...withConfig(scene), '--tcp', `127.0.0.1:${port}`] });
      } finally {
        server.close();
      }
    },
    judges: [startIsRefused('CFG-5', { mayStartWorkers: true })],
  },
];

function launchBadly(scene: Scene, launch: LaunchOptions): Promise<void> {
  return launchRefused(scene, { ...launch, config: { pools: [markedPool(scene)] } }, 'CFG-5');
}
