import { realpathSync } from 'node:fs';
import { type BusScenario, sockets } from '../../bus-scenario.ts';
import type { Judge } from '../../finding.ts';
import { judgeOf } from '../../judges/facts.ts';
import type { Probe } from '../../probe/probe.ts';
import type { Scene } from '../../scene/scene.ts';
import { flagsFor } from '../../subject/bus-command.ts';
import { descriptorsOf } from '../../subject/process-table.ts';

/** What a worker inherited beyond its own three descriptors: SEC-5. */
export const descriptorScenarios: readonly BusScenario[] = [
  {
    id: 'security/descriptors',
    title: 'A worker inherits its own three pipes and nothing else, after a restart too',
    requirements: ['SEC-5'],
    does: 'Looks into the descriptors of three workers as they were at the start, kills one while clients are connected, and looks at its successor.',
    transports: sockets,
    config: { pools: [{ id: 'main', instances: 3 }] },
    async drive(scene) {
      const client = await scene.connect();
      const [first] = await scene.workers();
      const others = [await scene.connect(), await scene.connect()];
      for (const each of [client, ...others]) await each.echo();
      if (first === undefined) return;
      lookAt(scene, scene.probes);
      await scene.kill(first);
      const { slot } = first;
      lookAt(scene, [await scene.worker({ slot, incarnation: 2 })]);
      for (const each of [client, ...others]) await each.echo();
    },
    judges: [nothingIsInherited(4)],
  },
  {
    id: 'security/config-descriptor',
    title: 'A worker does not inherit the descriptor of the configuration',
    requirements: ['SEC-5'],
    does: 'Starts the bus with --config-fd 3, and looks into the descriptors of its workers, of one after a restart too.',
    config: { pools: [{ id: 'main', instances: 2 }] },
    isLaunchedByDrive: true,
    async drive(scene) {
      if (!scene.hasStandardFlags) return;
      const args = ['--config-fd', '3', ...flagsFor(scene.transport, scene.places)];
      await scene.start({ args, isConfigInherited: true });
      const [first] = await scene.workers();
      if (first === undefined) return;
      lookAt(scene, scene.probes);
      await scene.kill(first);
      lookAt(scene, [await scene.worker({ slot: first.slot, incarnation: 2 })]);
    },
    judges: [nothingIsInherited(3)],
  },
];

/** Records what workers have that is the bus's or another worker's, or the configuration. */
function lookAt(scene: Scene, workers: readonly Probe[]): void {
  const { pid } = scene.subject;
  const ofBus = pid === undefined ? [] : descriptorsOf(pid).map(({ link }) => link);
  if (ofBus.length === 0) return;
  const ofSuite = new Set(descriptorsOf(process.pid).map(({ fd, link }) => `${fd} ${link}`));
  const config = realpathSync(scene.places.config);
  for (const probe of workers) {
    const ofOthers = scene.probes
      .filter((other) => other !== probe)
      .flatMap(({ descriptors }) => descriptors.filter(({ fd }) => fd < 2).map(({ link }) => link));
    const foreign = new Set([...ofBus, ...ofOthers].filter((link) => /^(socket|pipe):/.test(link)));
    const own = new Set(probe.descriptors.filter(({ fd }) => fd < 3).map(({ link }) => link));
    const isForeign = (fd: number, link: string) =>
      fd < 2 ? ofOthers.includes(link) : fd > 2 && foreign.has(link) && !own.has(link);
    const inherited = probe.descriptors.filter(
      ({ fd, link }) =>
        // What whoever started the suite has left open is not the bus's doing.
        !ofSuite.has(`${fd} ${link}`) && (link === config || isForeign(fd, link)),
    );
    const shown = inherited.map(({ fd, link }) => `${fd} ${link}`).join(', ');
    scene.observe('inherited', shown, probe.tag);
  }
}

function nothingIsInherited(atLeast: number): Judge {
  return judgeOf('SEC-5', {
    floor: ({ observations }) =>
      observations.filter(({ name }) => name === 'inherited').length < atLeast
        ? 'the system does not show the descriptors of a process'
        : undefined,
    fault: ({ observations }) => {
      const wrong = observations.find(({ name, value }) => name === 'inherited' && value !== '');
      if (wrong === undefined) return undefined;
      return {
        reason: 'a worker inherited a descriptor that is not its own',
        expected: 'stdin, stdout and stderr',
        seen: `${wrong.process}: ${wrong.value}`,
        records: [wrong.seq],
      };
    },
  });
}
