import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import type { BusScenario } from '../../bus-scenario.ts';
import { observationsAre } from '../../judges/expected-values.ts';
import { judgeOf, observed } from '../../judges/facts.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import type { SocketAddress } from '../../scene/connections.ts';
import type { Scene } from '../../scene/scene.ts';
import { flagsFor } from '../../subject/bus-command.ts';
import { descriptorsOf, hasProcessTable } from '../../subject/process-table.ts';
import { firstAnswer } from './first-answer.ts';

const served = everyRequestIsServed('CFG-5', { which: ({ method }) => method === 'probe/ask' });

/** The bus says on stderr where it listens, with port 0. */
const onChosenPort = (name: string, host: string, title: string): BusScenario => ({
  id: `command-line/${name}`,
  title,
  requirements: ['CFG-5'],
  does: `Starts the bus with --tcp ${host}:0, reads the port that was chosen from stderr, connects to it, and is served.`,
  transports: ['tcp'],
  isLaunchedByDrive: true,
  async drive(scene) {
    if (!scene.hasStandardFlags) return scene.observe('standard-flags', false);
    if (!(await hasLoopback(host))) return scene.observe('has-address', false);
    scene.launch({ args: ['--config', scene.places.config, '--tcp', `${host}:0`] });
    const address = await scene.until('the line with the port', () => printedAddress(scene), {
      limitMs: scene.timings.startMs,
      requirement: 'CFG-5',
    });
    await scene.worker();
    const client = await scene.connectTo(address);
    await firstAnswer(scene, client);
    await client.request('probe/ask').response();
  },
  judges: [servedWhereLaunched],
});

/** Inconclusive where there was no way to start it so. */
function servedWhereLaunched(...[story]: Parameters<typeof served>): ReturnType<typeof served> {
  const missing = ['standard-flags', 'has-address'].find((name) => observed(story, name) === false);
  if (missing === undefined) return served(story);
  return judgeOf('CFG-5', { fault: () => undefined, floor: () => `not here: ${missing}` })(story);
}

export const listeningScenarios: readonly BusScenario[] = [
  onChosenPort('port-0', '127.0.0.1', 'With port 0 the bus prints the port that was chosen'),
  onChosenPort('localhost', 'localhost', 'The bus listens on a host that is given by its name'),
  onChosenPort('ipv6', '[::1]', 'The bus listens on an IPv6 address in brackets'),
  {
    id: 'command-line/config-fd',
    title: 'The configuration is read from an inherited descriptor, which is closed then',
    requirements: ['CFG-5'],
    does: 'Starts the bus with --config-fd 3, is served, and looks whether the bus still has the file open.',
    isLaunchedByDrive: true,
    async drive(scene) {
      if (!scene.hasStandardFlags) return scene.observe('standard-flags', false);
      const args = ['--config-fd', '3', ...flagsFor(scene.transport, scene.places)];
      await scene.start({ args, isConfigInherited: true });
      const client = await scene.connect();
      await client.request('probe/ask').response();
      const { pid } = scene.subject;
      if (!hasProcessTable || pid === undefined) return;
      const isOpen = descriptorsOf(pid).some(
        ({ link }) => link === realpathSync(scene.places.config),
      );
      scene.observe('the descriptor is open', isOpen);
    },
    judges: [servedWhereLaunched, observationsAre('CFG-5', { 'the descriptor is open': false })],
  },
  {
    id: 'command-line/stdio-by-default',
    title: 'Without a transport the bus takes its own stdin and stdout',
    requirements: ['CFG-5'],
    does: 'Starts the bus with --config alone, and is served on its stdin and stdout.',
    transports: ['stdio'],
    isLaunchedByDrive: true,
    async drive(scene) {
      if (!scene.hasStandardFlags) return scene.observe('standard-flags', false);
      await scene.start({ args: ['--config', scene.places.config] });
      const client = await scene.connect();
      await client.request('probe/ask').response();
    },
    judges: [servedWhereLaunched],
  },
  {
    id: 'command-line/order-of-options',
    title: 'Options may stand in any order',
    requirements: ['CFG-5'],
    does: 'Starts the bus with its transport before its configuration, and is served.',
    isLaunchedByDrive: true,
    async drive(scene) {
      if (!scene.hasStandardFlags) return scene.observe('standard-flags', false);
      const { transport, places } = scene;
      await scene.start({ args: [...flagsFor(transport, places), '--config', places.config] });
      const client = await scene.connect();
      await client.request('probe/ask').response();
    },
    judges: [servedWhereLaunched],
  },
];

function printedAddress({ subject }: Scene): SocketAddress | undefined {
  for (const line of subject.stderr) {
    const [, host = '', port] = /tcp:\/\/(\[[^\]]+\]|[^\s:/[\]]+):(\d+)/.exec(line) ?? [];
    // Port 0 is the one that was asked for, and not the one that was chosen.
    if (Number(port) > 0) return { host: host.replaceAll(/[[\]]/g, ''), port: Number(port) };
  }
  return undefined;
}

/** Whether this machine can listen there at all. */
async function hasLoopback(host: string): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(0, host.replaceAll(/[[\]]/g, ''));
    await once(server, 'listening');
    server.close();
    return true;
  } catch {
    return false;
  }
}
