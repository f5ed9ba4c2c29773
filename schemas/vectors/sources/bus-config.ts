import type { Topic } from './topic.ts';
import { definition, nameOf } from './value-vector.ts';

const pool = definition('bus-config#Pool');
const limits = definition('bus-config#Limits');
const config = definition('bus-config#BusConfig');

const codex = { id: 'codex', command: 'codex' };
const rfc = {
  pools: [
    { id: 'codex', command: 'codex', args: ['app-server', '--worker'], instances: 3, env: {} },
  ],
  limits: {
    max_input_buffer: 1048576,
    max_output_queue: 4194304,
    max_restarts: 5,
    restart_window_sec: 60,
    drain_timeout_sec: 30,
    backpressure_timeout_sec: 60,
  },
  routing: { session_id_field: 'sessionId', default_pool: 'codex' },
};

/** Each limit: its name, the least and greatest value, one step below and above them. */
const bounds: readonly (readonly [string, number, number, number, number])[] = [
  ['max_input_buffer', 1024, 1073741824, 1023, 1073741825],
  ['max_output_queue', 1024, 4294967296, 1023, 4294967297],
  ['max_restarts', 0, 1000, -1, 1001],
  ['restart_window_sec', 0.001, 86400, 0, 86400.5],
  ['drain_timeout_sec', 0, 86400, -0.001, 86401],
  ['backpressure_timeout_sec', 0.001, 86400, 0, 86401],
  ['session_idle_sec', 0, 31536000, -1, 31536001],
  ['request_timeout_sec', 0, 31536000, -1, 31536001],
];

/** The limits that count whole things, and a number between two whole ones. */
const wholeNumbers: readonly (readonly [string, number])[] = [
  ['max_input_buffer', 4096.5],
  ['max_output_queue', 4096.5],
  ['max_restarts', 2.5],
];

function boundVectors([name, least, greatest, below, above]: (typeof bounds)[number]) {
  const id = nameOf(name);
  return [
    limits.accepts(`CFG-1/${id}-least`, `${name} may be ${least}`, { [name]: least }),
    limits.refuses(`CFG-2/${id}-below`, `${name} may not be ${below}`, { [name]: below }),
    limits.accepts(`CFG-1/${id}-greatest`, `${name} may be ${greatest}`, { [name]: greatest }),
    limits.refuses(`CFG-2/${id}-above`, `${name} may not be ${above}`, { [name]: above }),
    limits.refuses(`CFG-2/${id}-text`, `${name} is no text`, { [name]: '60' }),
    limits.refuses(`CFG-2/${id}-null`, `${name} is not null`, { [name]: null }),
  ];
}

export const busConfig: Topic = {
  title: 'Bus configurations, and the mistakes in them',
  vectors: [
    config.accepts('CFG-1/rfc', "The RFC's example is a configuration", rfc),
    config.accepts('CFG-1/smallest', 'One pool is enough', { pools: [codex] }),
    config.accepts('CFG-1/editor', 'An editor may name the schema', {
      $schema: './bus-config.schema.json',
      pools: [codex],
    }),
    config.accepts('CFG-1/empty-parts', 'Limits and routing may be empty', {
      pools: [codex],
      limits: {},
      routing: {},
    }),
    config.accepts('CFG-1/many-pools', 'There may be several pools', {
      pools: [codex, { id: 'tools', command: './tools', cwd: '/srv' }],
      routing: { rules: [{ method: 'tools/*', pool: 'tools' }] },
    }),
    config.accepts('CFG-1/default-pool-not-there', 'A schema cannot look up a pool: the bus does', {
      pools: [codex],
      routing: { default_pool: 'nowhere' },
    }),
    config.accepts('CFG-1/pool-twice', 'A schema cannot see a pool twice: the bus does', {
      pools: [codex, { ...codex, command: 'other' }],
    }),
    config.refuses('CFG-2/empty', 'A configuration has pools', {}),
    config.refuses('CFG-2/no-pools', 'There is at least one pool', { pools: [] }),
    config.refuses('CFG-2/pools-by-name', 'Pools are a list', { pools: { codex } }),
    config.refuses('CFG-2/pools-null', 'Pools are not null', { pools: null }),
    config.refuses('CFG-2/pool-misspelled', 'The member is called pools', { pool: [codex] }),
    config.refuses('CFG-2/bad-pool', 'Each pool keeps to its form', { pools: [codex, {}] }),
    config.refuses('CFG-2/pool-text', 'A command alone is no pool', { pools: ['codex'] }),
    config.refuses('CFG-2/limits-list', 'Limits are an object', { pools: [codex], limits: [] }),
    config.refuses('CFG-2/limits-null', 'Limits are not null', { pools: [codex], limits: null }),
    config.refuses('CFG-2/routing-text', 'Routing is an object', {
      pools: [codex],
      routing: 'codex',
    }),
    config.refuses('CFG-2/schema-number', 'The name of a schema is a string', {
      $schema: 1,
      pools: [codex],
    }),
    config.refuses('CFG-2/array', 'A configuration is an object', [rfc]),
    config.refuses('CFG-2/null', 'A configuration is not null', null),
    config.refuses('CFG-2/text', 'A configuration is no text', 'codex'),
    ...config.isClosed('CFG-2/config', { pools: [codex] }),
    config.refuses('CFG-2/limit-at-top', 'Limits stand in limits', {
      pools: [codex],
      max_restarts: 5,
    }),

    pool.accepts('CFG-1/pool', 'A pool has an id and a command', codex),
    pool.accepts('CFG-1/pool-full', 'A pool may say more', {
      ...codex,
      args: ['--worker', ''],
      instances: 1024,
      env: { RUST_LOG: 'info', EMPTY: '' },
      cwd: '.',
    }),
    ...pool.needs('CFG-2/pool', codex, ['id', 'command']),
    pool.refuses('CFG-2/pool-empty-id', 'An id is not empty', { ...codex, id: '' }),
    pool.refuses('CFG-2/pool-id-number', 'An id is a string', { ...codex, id: 1 }),
    pool.accepts('CFG-1/pool-id-256', 'An id of 256 is within the limit', {
      ...codex,
      id: 'p'.repeat(256),
    }),
    pool.refuses('CFG-2/pool-id-257', 'An id of 257 is over it', { ...codex, id: 'p'.repeat(257) }),
    pool.refuses('CFG-2/command-empty', 'A command is not empty', { ...codex, command: '' }),
    pool.refuses('CFG-2/command-list', 'Arguments do not stand in command', {
      ...codex,
      command: ['codex', 'app-server'],
    }),
    pool.refuses('CFG-2/command-null', 'A command is not null', { ...codex, command: null }),
    pool.refuses('CFG-2/command-nul', 'A command holds no NUL', { ...codex, command: 'co\0dex' }),
    pool.refuses('CFG-2/args-text', 'Arguments are a list', { ...codex, args: '--worker' }),
    pool.refuses('CFG-2/args-number', 'An argument is a string', { ...codex, args: ['-n', 3] }),
    pool.refuses('CFG-2/args-nul', 'An argument holds no NUL', { ...codex, args: ['\0'] }),
    pool.accepts('CFG-1/args-line-feed', 'An argument may hold a line feed', {
      ...codex,
      args: ['a\nb\n'],
    }),
    pool.accepts('CFG-1/instances-one', 'One worker is the least', { ...codex, instances: 1 }),
    pool.refuses('CFG-2/instances-zero', 'A pool has a worker', { ...codex, instances: 0 }),
    pool.refuses('CFG-2/instances-negative', 'A pool has no fewer than one', {
      ...codex,
      instances: -1,
    }),
    pool.refuses('CFG-2/instances-1025', '1024 workers are the most', {
      ...codex,
      instances: 1025,
    }),
    pool.refuses('CFG-2/instances-fraction', 'Workers are whole', { ...codex, instances: 1.5 }),
    pool.refuses('CFG-2/instances-text', 'A number is no text', { ...codex, instances: '3' }),
    pool.refuses('CFG-2/instances-null', 'A number is not null', { ...codex, instances: null }),
    pool.refuses('CFG-2/env-number', 'A variable is a string', { ...codex, env: { PORT: 8080 } }),
    pool.refuses('CFG-2/env-null', 'null unsets no variable', { ...codex, env: { PORT: null } }),
    pool.refuses('CFG-2/env-list', 'Variables go by name', { ...codex, env: ['PORT=8080'] }),
    pool.refuses('CFG-2/env-equals', 'The name of a variable holds no "="', {
      ...codex,
      env: { 'A=B': 'x' },
    }),
    pool.accepts('CFG-1/env-value-equals', 'The value of a variable may hold "="', {
      ...codex,
      env: { A: 'b=c' },
    }),
    pool.refuses('CFG-2/env-empty-name', 'A variable has a name', { ...codex, env: { '': 'x' } }),
    pool.refuses('CFG-2/env-nul-name', 'The name of a variable holds no NUL', {
      ...codex,
      env: { 'A\0': 'x' },
    }),
    pool.refuses('CFG-2/env-nul-value', 'The value of a variable holds no NUL', {
      ...codex,
      env: { A: 'x\0' },
    }),
    pool.refuses('CFG-2/cwd-empty', 'A folder has a name', { ...codex, cwd: '' }),
    pool.refuses('CFG-2/cwd-nul', 'The name of a folder holds no NUL', { ...codex, cwd: '/a\0b' }),
    pool.refuses('CFG-2/cwd-number', 'The name of a folder is a string', { ...codex, cwd: 1 }),
    ...pool.isClosed('CFG-2/pool', codex),

    limits.accepts('CFG-1/limits', "The RFC's limits", rfc.limits),
    limits.accepts('CFG-1/limits-none', 'Every limit has a default', {}),
    limits.accepts('CFG-1/limits-fraction', 'Seconds may have a fraction', {
      drain_timeout_sec: 0.25,
      session_idle_sec: 1.5,
      request_timeout_sec: 0.001,
    }),
    ...bounds.flatMap(boundVectors),
    ...wholeNumbers.map(([name, between]) =>
      limits.refuses(`CFG-2/${nameOf(name)}-fraction`, `${name} is an integer`, {
        [name]: between,
      }),
    ),
    ...limits.isClosed('CFG-2/limits', rfc.limits),
  ],
};
