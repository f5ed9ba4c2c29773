import type { Topic } from './topic.ts';
import { definition } from './value-vector.ts';

const argv = definition('subject#Argv');
const environment = definition('subject#Environment');
const dialect = definition('subject#Dialect');
const timeScale = definition('subject#TimeScale');
const frameObject = definition('subject#FrameObject');
const transport = definition('bus-subject#Transport');
const capability = definition('bus-subject#BusCapability');
const transportCommand = definition('bus-subject#TransportCommand');
const transportCommands = definition('bus-subject#TransportCommands');
const bus = definition('bus-subject#BusSubject');
const profile = definition('worker-subject#WorkerProfile');
const handshake = definition('worker-subject#Handshake');
const probes = definition('worker-subject#Probes');
const sessionStart = definition('worker-subject#SessionStart');
const worker = definition('worker-subject#WorkerSubject');

const theirBus = { name: 'their bus', command: ['./their_bus'] };
const byTcp = { command: ['bus', '-c', '{config}', '-l', '{host}:{port}'] };
const theirWorker = { name: 'codex', command: ['codex', 'app-server', '--worker'] };
const hello = { per: 'process', frames: [{ id: 0, method: 'initialize' }] };
const opened = { request: { id: 1, method: 'thread/start', params: {} }, idPointer: '/thread/id' };
const ping = { method: 'ping' };

export const subjects: Topic = {
  title: 'Manifests of subjects: a bus, a worker',
  vectors: [
    argv.accepts('CFG-5/argv', 'A program and its arguments', [
      './bus',
      '--config',
      '{config}',
      '',
    ]),
    argv.accepts('CFG-5/argv-program', 'A program alone', ['./bus']),
    argv.refuses('CFG-5/argv-empty', 'There is a program', []),
    argv.refuses('CFG-5/argv-shell-line', 'A shell line is no list', './bus --stdio'),
    argv.refuses('CFG-5/argv-number', 'An argument is a string', ['./bus', 9000]),
    argv.refuses('CFG-5/argv-nul', 'An argument holds no NUL', ['./bus\0']),
    environment.accepts('CFG-5/environment', 'Variables go by name', { RUST_LOG: 'warn', A: '' }),
    environment.accepts('CFG-5/environment-none', 'An environment may be empty', {}),
    environment.refuses('CFG-5/environment-number', 'A variable is a string', { PORT: 1 }),
    environment.refuses('CFG-5/environment-equals', 'A name holds no "="', { 'A=': '' }),
    environment.refuses('CFG-5/environment-empty-name', 'A name is not empty', { '': '' }),
    environment.refuses('CFG-5/environment-nul', 'A value holds no NUL', { A: '\0' }),
    environment.refuses('CFG-5/environment-list', 'A list names nothing', ['A=B']),
    ...dialect.acceptsEach('WRK-2/dialect', ['jsonrpc', 'codex']),
    dialect.refuses('WRK-2/dialect-unknown', 'There are two dialects', 'json-rpc'),
    timeScale.accepts('CFG-5/time-scale-least', 'A factor of a tenth is the least', 0.1),
    timeScale.refuses('CFG-5/time-scale-below', 'A factor below a tenth is refused', 0.09),
    timeScale.accepts('CFG-5/time-scale-greatest', 'A factor of a hundred is the most', 100),
    timeScale.refuses('CFG-5/time-scale-above', 'A factor above a hundred is refused', 100.5),
    timeScale.refuses('CFG-5/time-scale-text', 'A factor is no text', '2'),
    frameObject.accepts('WRK-2/frame-object', 'A frame in either dialect', {
      id: 1,
      method: 'ping',
    }),
    frameObject.refuses('WRK-2/frame-object-text', 'A line is no object', '{"method":"ping"}'),

    ...transport.acceptsEach('CFG-5/transport', ['tcp', 'unix', 'stdio']),
    transport.refuses('CFG-5/transport-pipe', 'A bus is not reached by a pipe', 'pipe'),
    ...capability.acceptsEach('EXT-1/capability', [
      'hello',
      'stats',
      'ext-passthrough',
      'trace',
      'session-lost',
      'bus-errors',
    ]),
    capability.refuses(
      'EXT-1/capability-unknown',
      'The list of capabilities is closed',
      'session_lost',
    ),
    transportCommand.accepts('CFG-5/transport-command', 'A transport has a command', byTcp),
    transportCommand.refuses('CFG-5/transport-command-none', 'A transport needs its command', {}),
    ...transportCommand.isClosed('CFG-5/transport-command', byTcp),
    transportCommand.refuses('CFG-5/transport-command-text', 'A command is a list', {
      command: 'bus',
    }),
    transportCommands.accepts('CFG-5/transport-commands', 'A bus may have one transport', {
      tcp: byTcp,
    }),
    transportCommands.accepts('CFG-5/transport-commands-all', 'A bus may have all three', {
      tcp: byTcp,
      unix: byTcp,
      stdio: byTcp,
    }),
    transportCommands.refuses('CFG-5/transport-commands-none', 'A bus has one at least', {}),
    transportCommands.refuses(
      'CFG-5/transport-commands-unknown',
      'The list of transports is closed',
      {
        tcp: byTcp,
        http: byTcp,
      },
    ),

    bus.accepts('CFG-5/bus', 'A bus with the standard flags', theirBus),
    bus.accepts('CFG-5/bus-transports', 'A bus with flags of its own', {
      name: 'another bus',
      transports: { tcp: byTcp },
    }),
    bus.accepts('CFG-5/bus-full', 'A manifest may say more', {
      ...theirBus,
      $schema: 'bus-subject.schema.json',
      version: '2.1',
      transports: { stdio: byTcp },
      only: ['stdio', 'tcp'],
      capabilities: ['hello', 'stats'],
      dialect: 'jsonrpc',
      env: { RUST_LOG: 'warn' },
      cwd: '/opt/bus',
      timeScale: 2.5,
      handshake: [{ jsonrpc: '2.0', id: 1, method: 'stdio_bus/hello' }],
      probe: { jsonrpc: '2.0', id: 1, method: 'ping' },
      baseline: 'known.json',
    }),
    bus.refuses('CFG-5/bus-no-name', 'A subject has a name', { command: ['./bus'] }),
    bus.refuses('CFG-5/bus-no-command', 'A subject can be started', { name: 'bus' }),
    bus.refuses('CFG-5/bus-empty-name', 'A name is not empty', { ...theirBus, name: '' }),
    bus.accepts('CFG-5/bus-name-100', 'A name of 100 is within the limit', {
      ...theirBus,
      name: 'b'.repeat(100),
    }),
    bus.refuses('CFG-5/bus-name-101', 'A name of 101 is over it', {
      ...theirBus,
      name: 'b'.repeat(101),
    }),
    bus.refuses('CFG-5/bus-capability-twice', 'A capability is declared once', {
      ...theirBus,
      capabilities: ['hello', 'hello'],
    }),
    ...['tcp', 'unix', 'stdio'].map((one) =>
      bus.accepts(`CFG-5/bus-only-${one}`, `A bus may have ${one} only`, {
        ...theirBus,
        only: [one],
      }),
    ),
    bus.accepts('CFG-5/bus-only-all', 'A bus may say that it has all three', {
      ...theirBus,
      only: ['tcp', 'unix', 'stdio'],
    }),
    bus.refuses('CFG-5/bus-only-none', 'A bus has one transport at least', {
      ...theirBus,
      only: [],
    }),
    bus.refuses('CFG-5/bus-only-twice', 'A transport is named once', {
      ...theirBus,
      only: ['tcp', 'tcp'],
    }),
    bus.refuses('CFG-5/bus-only-unknown', 'A transport is known', { ...theirBus, only: ['pipe'] }),
    bus.refuses('CFG-5/bus-only-text', 'Transports are a list', { ...theirBus, only: 'tcp' }),
    bus.refuses('CFG-5/bus-empty-folder', 'A folder has a name', { ...theirBus, cwd: '' }),
    bus.refuses('CFG-5/bus-probe-line', 'A probe is a frame', { ...theirBus, probe: 'ping' }),
    bus.refuses('CFG-5/bus-handshake-frame', 'A handshake is a list', {
      ...theirBus,
      handshake: ping,
    }),
    bus.refuses('CFG-5/bus-empty-baseline', 'A baseline has a path', { ...theirBus, baseline: '' }),
    ...bus.isClosed('CFG-5/bus', theirBus),

    ...profile.acceptsEach('WRK-1/profile', ['worker', 'process']),
    profile.refuses('WRK-1/profile-core', 'A worker keeps to no profile of a bus', 'core'),
    handshake.accepts('WRK-2/handshake', 'A handshake once per process', hello),
    handshake.accepts('WRK-2/handshake-session', 'A handshake once per session', {
      ...hello,
      per: 'session',
    }),
    ...handshake.needs('WRK-2/handshake', hello, ['per', 'frames']),
    handshake.refuses('WRK-2/handshake-per', 'A handshake is never sent once per connection', {
      ...hello,
      per: 'connection',
    }),
    handshake.refuses('WRK-2/handshake-empty', 'A handshake has a frame', { ...hello, frames: [] }),
    ...handshake.isClosed('WRK-2/handshake', hello),
    sessionStart.accepts('WRK-3/session-start', 'A worker may name its sessions', opened),
    sessionStart.accepts('WRK-3/session-start-one', 'The id may be a member of the result', {
      ...opened,
      idPointer: '/id',
    }),
    sessionStart.accepts('WRK-3/session-start-empty-key', 'A member may have an empty name', {
      ...opened,
      idPointer: '/',
    }),
    sessionStart.accepts('WRK-3/session-start-escaped', 'A pointer may have escapes', {
      ...opened,
      idPointer: '/a~1b/~0/0',
    }),
    ...sessionStart.needs('WRK-3/session-start', opened, ['request', 'idPointer']),
    ...sessionStart.isClosed('WRK-3/session-start', opened),
    ...[
      ['whole', 'The result itself is no id', ''],
      ['no-slash', 'A pointer begins with a slash', 'thread/id'],
      ['fragment', 'A pointer is no fragment', '#/thread/id'],
      ['number', 'A pointer is a string', 0],
      ['list', 'A list is no pointer', ['thread', 'id']],
    ].map(([name, description, idPointer]) =>
      sessionStart.refuses(`WRK-3/session-start-${name}`, `${description}`, {
        ...opened,
        idPointer,
      }),
    ),
    sessionStart.refuses('WRK-3/session-start-line', 'The request is a frame', {
      ...opened,
      request: 'thread/start',
    }),
    probes.accepts('WRK-4/probes', 'Every kind of probe', {
      quick: ping,
      slow: ping,
      notifying: ping,
      failing: ping,
      large: { method: 'put', params: { text: '{large}' } },
    }),
    probes.accepts('WRK-4/probes-none', 'Each probe is optional', {}),
    probes.refuses('WRK-4/probes-unknown', 'The list of probes is closed', { fast: ping }),
    probes.refuses('WRK-4/probes-line', 'A probe is a frame', { quick: 'ping' }),
    worker.accepts('WRK-1/worker', 'A worker has a name and a command', theirWorker),
    worker.accepts('WRK-1/worker-full', 'A manifest may say more', {
      ...theirWorker,
      $schema: 'worker-subject.schema.json',
      version: '0.9',
      env: {},
      cwd: '.',
      dialect: 'codex',
      profiles: ['worker', 'process'],
      handshake: hello,
      session: opened,
      probes: { quick: ping },
      timeScale: 1,
      baseline: 'known.json',
    }),
    ...worker.needs('WRK-1/worker', theirWorker, ['name', 'command']),
    worker.accepts('WRK-1/worker-name-100', 'A name of 100 is within the limit', {
      ...theirWorker,
      name: 'w'.repeat(100),
    }),
    worker.refuses('WRK-1/worker-name-101', 'A name of 101 is over it', {
      ...theirWorker,
      name: 'w'.repeat(101),
    }),
    worker.refuses('WRK-1/worker-profile-twice', 'A profile is claimed once', {
      ...theirWorker,
      profiles: ['worker', 'worker'],
    }),
    ...worker.isClosed('WRK-1/worker', theirWorker),
    worker.refuses('WRK-1/worker-session', 'A session start has its request', {
      ...theirWorker,
      session: { idPointer: '/id' },
    }),
    worker.refuses('WRK-1/worker-session-null', 'A session start is not null', {
      ...theirWorker,
      session: null,
    }),
    worker.refuses('WRK-1/worker-only', 'A worker has no transports to choose from', {
      ...theirWorker,
      only: ['tcp'],
    }),
    worker.refuses('WRK-1/worker-transports', 'A worker has no transports', {
      ...theirWorker,
      transports: {},
    }),
  ],
};
