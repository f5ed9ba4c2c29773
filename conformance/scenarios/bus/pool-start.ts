import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { BusScenario } from '../../bus-scenario.ts';
import { observationsAgree, observationsAre } from '../../judges/expected-values.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import type { Scene } from '../../scene/scene.ts';

const oddArguments = ['', 'a b', '$HOME', '*', '"\'', '\\', 'é\n', '--config', '-'];

/** How a pool's command is started: CFG-1. */
export const poolStartScenarios: readonly BusScenario[] = [
  {
    id: 'configuration/environment',
    title: "A pool's variables are set over the environment of the bus",
    requirements: ['CFG-1'],
    does: 'Looks in a worker for a variable of the bus, one of its pool, and one of both.',
    config: {
      pools: [{ id: 'main', env: { PROBE_BOTH: 'of the pool', PROBE_POOL: 'a=b $HOME' } }],
    },
    isTransportFree: true,
    isLaunchedByDrive: true,
    async drive(scene) {
      await scene.start({ env: { PROBE_BUS: 'of the bus', PROBE_BOTH: 'of the bus' } });
      const { env } = await scene.worker();
      for (const name of ['PROBE_BUS', 'PROBE_BOTH', 'PROBE_POOL']) {
        scene.observe(`variable ${name}`, env[name] ?? null);
      }
    },
    judges: [
      observationsAre('CFG-1', {
        'variable PROBE_BUS': 'of the bus',
        'variable PROBE_BOTH': 'of the pool',
        'variable PROBE_POOL': 'a=b $HOME',
      }),
    ],
  },
  {
    id: 'configuration/arguments',
    title: 'Arguments reach the worker as they stand, without a shell',
    requirements: ['CFG-1'],
    does: 'Gives a worker arguments that a shell would change, and looks what it got.',
    isTransportFree: true,
    isLaunchedByDrive: true,
    async drive(scene) {
      const { command, args } = scene.probeCommand('main');
      const pool = { id: 'main', command, args: [...args, ...oddArguments] };
      await scene.start({ config: { pools: [pool] } });
      const { argv } = await scene.worker();
      scene.observe('arguments', JSON.stringify(argv.slice(-oddArguments.length)));
    },
    judges: [observationsAre('CFG-1', { arguments: JSON.stringify(oddArguments) })],
  },
  {
    id: 'configuration/working-directory',
    title: "A worker starts in its pool's cwd, and without one where the bus was started",
    requirements: ['CFG-1'],
    does: 'Looks where workers of three pools are: without cwd, with an absolute and with a relative one.',
    config: { pools: [{ id: 'none' }, { id: 'absolute' }, { id: 'relative' }] },
    isTransportFree: true,
    isLaunchedByDrive: true,
    async drive(scene) {
      const folder = join(scene.folder, 'a folder');
      mkdirSync(folder);
      const pool = (id: string) => ({ id, ...scene.probeCommand(id) });
      const cwd = relative(realpathSync(scene.subjectFolder), realpathSync(folder));
      const pools = [
        pool('none'),
        { ...pool('absolute'), cwd: folder },
        { ...pool('relative'), cwd },
      ];
      await scene.start({ config: { pools } });
      for (const id of ['none', 'absolute', 'relative']) {
        const probe = await scene.worker({ pool: id });
        scene.observe(`cwd of ${id}`, realpathSync(probe.cwd));
      }
      scene.observe('folder', realpathSync(folder));
      scene.observe('folder of the bus', realpathSync(scene.subjectFolder));
    },
    judges: [
      observationsAgree('CFG-1', 'cwd of none', 'folder of the bus'),
      observationsAgree('CFG-1', 'cwd of absolute', 'folder'),
      observationsAgree('CFG-1', 'cwd of relative', 'folder'),
    ],
  },
  {
    id: 'configuration/command-in-path',
    title: 'A command without a slash is looked up in the PATH of its pool',
    requirements: ['CFG-1'],
    does: "Puts a program into a folder that is in the PATH of one pool only, and names it as this pool's command.",
    isTransportFree: true,
    isLaunchedByDrive: true,
    async drive(scene) {
      const folder = writeProgram(scene, 'bin', 'probe-of-this-scene');
      const env = { PATH: `${join(scene.folder, 'nowhere')}:${folder}:/usr/bin:/bin` };
      await scene.start({ config: poolWith(scene, { command: 'probe-of-this-scene', env }) });
      const client = await scene.connect();
      await client.echo();
    },
    judges: [everyRequestIsServed('CFG-1')],
  },
  {
    id: 'configuration/command-in-cwd',
    title: "A command with a slash is a path that starts at its pool's cwd",
    requirements: ['CFG-1'],
    does: 'Puts a program into a folder, and names it relative to this folder, which is the cwd.',
    isTransportFree: true,
    isLaunchedByDrive: true,
    async drive(scene) {
      const folder = writeProgram(scene, 'programs', 'worker');
      const command = 'programs/worker';
      await scene.start({ config: poolWith(scene, { command, cwd: join(folder, '..') }) });
      const client = await scene.connect();
      await client.echo();
    },
    judges: [everyRequestIsServed('CFG-1')],
  },
];

function poolWith(scene: Scene, members: object): object {
  return { pools: [{ id: 'main', args: scene.probeCommand('main').args, ...members }] };
}

/** Writes a program that is the runtime of probe workers under another name. */
function writeProgram(scene: Scene, folderName: string, name: string): string {
  const folder = join(scene.folder, folderName);
  mkdirSync(folder);
  const script = `#!/bin/sh\nexec '${scene.probeCommand('main').command}' "$@"\n`;
  writeFileSync(join(folder, name), script, { mode: 0o755 });
  return folder;
}
