import type { BusScenario } from '../../bus-scenario.ts';
import { methodsGoTo } from '../../judges/chosen-pool.ts';
import { deadlineIsKept } from '../../judges/request-deadline.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import { everySlotIsFilled } from '../../judges/slots.ts';

/** Longer than what an echo takes on a busy machine. */
const requestTimeoutSec = 1;

/** What methods of the rules' scenario belong to. */
const poolOfMethod = {
  'process/start': 'tools',
  'process/': 'tools',
  'process/a/b': 'tools',
  'Process/start': 'chat',
  'my/process/start': 'chat',
  'tools/list': 'tools',
  'tools/': 'chat',
  'one/é': 'tools',
  'one/ab': 'chat',
  'a.c': 'tools',
  abc: 'chat',
  'x[1]': 'tools',
  x1: 'chat',
  'first/of': 'tools',
} as const;

export const configurationScenarios: readonly BusScenario[] = [
  {
    id: 'configuration/rfc-example',
    title: 'The example of the RFC runs as it stands',
    requirements: ['CFG-1', 'AFF-1'],
    does: 'Starts the bus with the configuration of the RFC, its command replaced by probe workers: three workers serve five users, who stay with their workers.',
    config: {
      pools: [{ id: 'codex-sessions', instances: 3, env: { RUST_LOG: 'info' } }],
      limits: {
        max_input_buffer: 1_048_576,
        max_output_queue: 4_194_304,
        max_restarts: 5,
        restart_window_sec: 60,
        drain_timeout_sec: 30,
        backpressure_timeout_sec: 60,
      },
      routing: { session_id_field: 'sessionId', default_pool: 'codex-sessions' },
    },
    async drive(scene) {
      const client = await scene.connect();
      await scene.workers();
      for (let round = 0; round < 3; round++) {
        for (let user = 1; user <= 5; user++) await client.echo({ sessionId: `user-${user}` });
      }
    },
    judges: [everySlotIsFilled, everyRequestIsServed('CFG-1', { atLeast: 15 })],
  },
  {
    id: 'configuration/smallest',
    title: 'A pool with an id and a command is a configuration',
    requirements: ['CFG-1'],
    does: 'Starts the bus with one pool without any optional member: one worker, and frames of nearly 1 MiB pass.',
    isLaunchedByDrive: true,
    async drive(scene) {
      await scene.start({ config: { pools: [{ id: 'main', ...scene.probeCommand('main') }] } });
      const client = await scene.connect();
      await client.echo({ sessionId: 's1' });
      const { line, call } = client.prepare('probe/large', { params: { pad: '' } });
      const pad = 'x'.repeat(1_048_575 - line.length);
      client.send(line.replace('"pad":""', `"pad":"${pad}"`));
      await call.response();
    },
    judges: [everySlotIsFilled, everyRequestIsServed('CFG-1', { atLeast: 3 })],
  },
  {
    id: 'configuration/every-member',
    title: 'Every member of the configuration is accepted',
    requirements: ['CFG-1'],
    does: 'Starts the bus with two pools and a value for every member that there is.',
    config: {
      pools: [
        { id: 'chat', instances: 3, env: { LANG: 'C.UTF-8', EMPTY: '' }, cwd: '/' },
        { id: 'tools: größe 2', instances: 2 },
      ],
      limits: {
        max_input_buffer: 1024,
        max_output_queue: 1024,
        max_restarts: 0,
        restart_window_sec: 0.001,
        drain_timeout_sec: 7.5,
        backpressure_timeout_sec: 0.25,
        session_idle_sec: 1800,
        request_timeout_sec: 31_536_000,
      },
      routing: {
        session_id_field: 'sessionId',
        default_pool: 'tools: größe 2',
        rules: [{ method: 'probe/*', pool: 'chat' }],
      },
    },
    isTransportFree: true,
    isLaunchedByDrive: true,
    async drive(scene) {
      const $schema = 'https://stdio-bus-kit.dev/schemas/bus-config.schema.json';
      await scene.start({ config: { $schema, ...scene.busConfig() } });
      const client = await scene.connect();
      await scene.workers('chat');
      await client.echo();
      await client.request('another').response();
    },
    judges: [
      methodsGoTo('CFG-1', { 'probe/echo': 'chat', another: 'tools: größe 2' }),
      everyRequestIsServed('CFG-1', { atLeast: 3 }),
    ],
  },
  {
    id: 'configuration/numbers',
    title: 'Numbers count by their value, and times may have fractions',
    requirements: ['CFG-1'],
    does: 'Starts the bus with instances 2.0, integers written with an exponent and fractions of seconds.',
    config: { pools: [{ id: 'main', instances: 2 }] },
    isTransportFree: true,
    isLaunchedByDrive: true,
    async drive(scene) {
      const pool = JSON.stringify({ id: 'main', ...scene.probeCommand('main') }).slice(0, -1);
      const limits =
        '{"max_input_buffer":1048576.0,"max_output_queue":4e6,"max_restarts":5e0,"restart_window_sec":1.5,"drain_timeout_sec":25e-1,"request_timeout_sec":0.0}';
      await scene.start({ config: `{"pools":[${pool},"instances":2.0}],"limits":${limits}}` });
      const client = await scene.connect();
      await scene.workers();
      await client.echo();
    },
    judges: [everySlotIsFilled, everyRequestIsServed('CFG-1')],
  },
  {
    id: 'configuration/rules',
    title: 'The first rule whose pattern matches the whole method selects the pool',
    requirements: ['CFG-1'],
    does: 'Sends methods that match the patterns of rules, and methods that nearly do; stars, question marks, and characters that mean something elsewhere.',
    config: {
      pools: [{ id: 'chat' }, { id: 'tools' }],
      routing: {
        rules: [
          { method: 'process/*', pool: 'tools' },
          { method: 'tools/?*', pool: 'tools' },
          { method: 'one/?', pool: 'tools' },
          { method: 'a.c', pool: 'tools' },
          { method: 'x[1]', pool: 'tools' },
          { method: 'first/*', pool: 'tools' },
          { method: 'first/of', pool: 'chat' },
        ],
      },
    },
    async drive(scene) {
      const client = await scene.connect();
      for (const method of Object.keys(poolOfMethod)) await client.request(method).response();
    },
    judges: [methodsGoTo('CFG-1', poolOfMethod)],
  },
  {
    id: 'configuration/request-timeout',
    isLong: true,
    title:
      'A request that is not answered within request_timeout_sec gets an error, and its response is dropped',
    requirements: ['CFG-1', 'COR-5'],
    does: 'A worker answers two requests only after their time is over. Each gets its error in time and nothing more; others are served, under the same id too.',
    config: { limits: { request_timeout_sec: requestTimeoutSec } },
    async drive(scene) {
      const client = await scene.connect();
      const late = [1, 2].map((n) => client.request('probe/hold-late', { id: `late-${n}` }));
      const held = await Promise.all(late.map(({ mark }) => scene.arrival(mark)));
      for (const call of late) await call.response({ requirement: 'CFG-1' });
      for (const { probe, frame } of held) await probe.reply(frame);
      await client.echo({ id: 'late-1' });
      await client.echo();
    },
    judges: [
      deadlineIsKept('probe/hold-late', requestTimeoutSec),
      everyRequestIsServed('COR-5', { which: ({ method }) => method === 'probe/echo' }),
    ],
  },
];
