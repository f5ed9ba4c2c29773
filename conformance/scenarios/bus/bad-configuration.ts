import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BusScenario } from '../../bus-scenario.ts';
import { judgeOf } from '../../judges/facts.ts';
import { silent, startIsRefused } from '../../judges/refused-start.ts';
import type { Scene } from '../../scene/scene.ts';
import { flagsFor } from '../../subject/bus-command.ts';
import { launchRefused, markedPool } from './refused-start.ts';

/** One mistake: a value at a place of a good configuration; undefined takes the member away. */
interface BadValue {
  readonly name: string;
  readonly at: string;
  readonly value: unknown;
  /** What else may be named as the place. */
  readonly places?: readonly string[];
}

const badValues: readonly BadValue[] = [
  { name: 'pools-missing', at: '/pools', value: undefined },
  { name: 'pools-empty', at: '/pools', value: [] },
  { name: 'pool-not-an-object', at: '/pools/0', value: 'main' },
  { name: 'pool-id-missing', at: '/pools/0/id', value: undefined },
  { name: 'pool-id-empty', at: '/pools/0/id', value: '' },
  { name: 'pool-id-twice', at: '/pools/1/id', value: 'main' },
  { name: 'command-missing', at: '/pools/0/command', value: undefined },
  { name: 'command-with-nul', at: '/pools/0/command', value: '/bin/sh\0' },
  { name: 'argument-no-string', at: '/pools/0/args/0', value: 7 },
  { name: 'instances-zero', at: '/pools/0/instances', value: 0 },
  { name: 'instances-fraction', at: '/pools/0/instances', value: 1.5 },
  { name: 'instances-text', at: '/pools/0/instances', value: '3' },
  { name: 'variable-no-string', at: '/pools/0/env/a~1b~0c', value: 3 },
  {
    name: 'variable-without-name',
    at: '/pools/0/env/A=B',
    value: 'x',
    places: ['/pools/0/env'],
  },
  { name: 'cwd-empty', at: '/pools/0/cwd', value: '' },
  { name: 'limits-no-object', at: '/limits', value: [] },
  { name: 'input-buffer-too-small', at: '/limits/max_input_buffer', value: 1023 },
  { name: 'output-queue-text', at: '/limits/max_output_queue', value: '4194304' },
  { name: 'restarts-boolean', at: '/limits/max_restarts', value: true },
  { name: 'restarts-negative', at: '/limits/max_restarts', value: -1 },
  { name: 'restart-window-zero', at: '/limits/restart_window_sec', value: 0 },
  { name: 'drain-timeout-negative', at: '/limits/drain_timeout_sec', value: -0.5 },
  { name: 'backpressure-timeout-zero', at: '/limits/backpressure_timeout_sec', value: 0 },
  { name: 'session-idle-null', at: '/limits/session_idle_sec', value: null },
  { name: 'request-timeout-negative', at: '/limits/request_timeout_sec', value: -1 },
  { name: 'session-field-taken', at: '/routing/session_id_field', value: 'method' },
  { name: 'default-pool-unknown', at: '/routing/default_pool', value: 'tolls' },
  { name: 'rule-pool-unknown', at: '/routing/rules/0/pool', value: 'tolls' },
  { name: 'rule-pool-missing', at: '/routing/rules/0/pool', value: undefined },
  { name: 'rule-method-empty', at: '/routing/rules/0/method', value: '' },
];

/** Bytes that are no configuration, made from the text of a good one. */
const badTexts: readonly { name: string; title: string; textFrom: (good: string) => string }[] = [
  { name: 'empty-file', title: 'An empty file', textFrom: () => '' },
  { name: 'half-a-document', title: 'Half a document', textFrom: (good) => good.slice(0, -20) },
  { name: 'trailing-garbage', title: 'Text behind the document', textFrom: (good) => `${good} x` },
  { name: 'two-documents', title: 'A second document', textFrom: (good) => `${good}\n${good}` },
  {
    name: 'trailing-comma',
    title: 'A trailing comma',
    textFrom: (good) => `${good.slice(0, good.lastIndexOf('}'))},}`,
  },
  {
    name: 'not-a-number',
    title: 'A number that JSON does not have',
    textFrom: (good) => good.replace('"drain_timeout_sec":5', '"drain_timeout_sec":NaN'),
  },
  { name: 'a-list', title: 'A list instead of an object', textFrom: (good) => `[${good}]` },
];

/** A member that no version of the specification has; a bus warns at least. */
const unknownMembers: readonly BadValue[] = [
  { name: 'unknown-limit', at: '/limits/max_restart', value: 3 },
  { name: 'unknown-pool-member', at: '/pools/0/instance', value: 3 },
  { name: 'unknown-member', at: '/route', value: {} },
];

export const badConfigurationScenarios: readonly BusScenario[] = [
  ...badValues.map(
    ({ name, at, value, places = [] }): BusScenario => ({
      id: `configuration/${name}`,
      title: `A configuration with ${shown(value)} at ${at} ends the bus, which names the place`,
      requirements: ['CFG-2'],
      does: `Starts the bus with ${shown(value)} at ${at}: a line on stderr names this place, the exit code is not 0, and no worker is started.`,
      isTransportFree: true,
      isLaunchedByDrive: true,
      drive: (scene) =>
        launchRefused(scene, { config: withValue(goodConfig(scene, at), at, value) }, 'CFG-2'),
      judges: [startIsRefused('CFG-2', { places: [at, ...places] })],
    }),
  ),
  ...badTexts.map(
    ({ name, title, textFrom }): BusScenario => ({
      id: `configuration/${name}`,
      title: `${title} is no configuration: the bus names the file and ends`,
      requirements: ['CFG-2'],
      does: 'Starts the bus with such a file: a line on stderr names it, the exit code is not 0, and no worker is started.',
      isTransportFree: true,
      isLaunchedByDrive: true,
      drive: (scene) =>
        launchRefused(scene, { config: textFrom(JSON.stringify(goodConfig(scene))) }, 'CFG-2'),
      judges: [startIsRefused('CFG-2', { places: ['config.json'] })],
    }),
  ),
  {
    id: 'configuration/file-missing',
    title: 'A configuration file that does not exist ends the bus, which names it',
    requirements: ['CFG-2'],
    does: 'Starts the bus with --config and a path at which there is nothing.',
    isTransportFree: true,
    isLaunchedByDrive: true,
    drive: (scene) => launchWithFile(scene, join(scene.folder, 'nowhere.json')),
    judges: [startIsRefused('CFG-2', { places: ['nowhere.json'] })],
  },
  {
    id: 'configuration/file-is-a-folder',
    title: 'A folder in place of the configuration file ends the bus, which names it',
    requirements: ['CFG-2'],
    does: 'Starts the bus with --config and the path of a folder.',
    isTransportFree: true,
    isLaunchedByDrive: true,
    async drive(scene) {
      const folder = join(scene.folder, 'folder.json');
      mkdirSync(folder);
      await launchWithFile(scene, folder);
    },
    judges: [startIsRefused('CFG-2', { places: ['folder.json'] })],
  },
  ...unknownMembers.map(
    ({ name, at, value }): BusScenario => ({
      id: `configuration/${name}`,
      title: `An unknown member ${at} is refused or at least warned about`,
      requirements: ['CFG-2'],
      does: `Starts the bus with a configuration that has ${at}. A line on stderr names it, whether the bus ends or goes on.`,
      isTransportFree: true,
      isLaunchedByDrive: true,
      async drive(scene) {
        const subject = scene.launch({ config: withValue(goodConfig(scene, at), at, value) });
        const isDecided = () => (subject.exit !== undefined && subject.isSilent) || isNamed();
        const isNamed = () => subject.stderr.some((line) => line.includes(at));
        await scene.until('a line about the unknown member', isDecided, {
          limitMs: scene.timings.startMs,
        });
      },
      judges: [
        judgeOf('CFG-2', {
          fault: (story) => {
            const { exitCode } = story.processes.get('bus') ?? {};
            if (exitCode === 0 && story.signals.length === 0) {
              const reason = 'the bus ended without an error';
              return { reason, expected: 'an exit code that is not 0', seen: '0' };
            }
            return silent(story, [at]);
          },
        }),
      ],
    }),
  ),
];

/** Has only what the mistake at this place needs, so that it stays the only one. */
function goodConfig(scene: Scene, at = ''): object {
  const rules = [{ method: 'tools/*', pool: 'tools' }];
  return {
    pools: [
      { ...markedPool(scene), instances: 1, env: { LEVEL: 'info' } },
      markedPool(scene, 'tools'),
    ],
    limits: { drain_timeout_sec: 5 },
    routing: at.startsWith('/routing/rules') ? { rules } : {},
  };
}

async function launchWithFile(scene: Scene, file: string): Promise<void> {
  const args = ['--config', file, ...flagsFor(scene.transport, scene.places)];
  await launchRefused(scene, { args }, 'CFG-2');
}

/** A copy with another value at the place of a JSON pointer. */
function withValue(config: object, pointer: string, value: unknown): object {
  const copy = structuredClone(config);
  const names = pointer
    .slice(1)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = names.pop() as string;
  let place = copy as Record<string, unknown>;
  for (const name of names) {
    place[name] ??= {};
    place = place[name] as Record<string, unknown>;
  }
  place[last] = value;
  return copy;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).replaceAll('\\u0000', 'NUL');
}
