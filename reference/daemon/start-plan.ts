import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import { type BusSettings, type PoolSettings, settingsFromConfig } from '../bus/settings.ts';
import type { DaemonOptions } from './daemon-options.ts';

/** What a daemon would run, for people; the values of variables, which may be secrets, are not told. */
export function startPlan(options: DaemonOptions, config: BusConfig): string {
  const settings = settingsFromConfig(config);
  const { configSource, traceEndpoint } = options;
  const name = typeof configSource === 'number' ? `descriptor ${configSource}` : configSource;
  const workers = settings.pools.reduce((sum, { instances }) => sum + instances, 0);
  return [
    `${name} is valid; nothing was started.`,
    '',
    `Pools: ${settings.pools.length}, with ${workers} ${workers === 1 ? 'worker' : 'workers'}`,
    ...settings.pools.flatMap((pool, index) => poolLines(pool, index === settings.defaultPool)),
    '',
    'Listeners:',
    ...listenerLines(options),
    '',
    'Limits:',
    ...limitLines(settings),
    '',
    'Routing:',
    ...routingLines(settings, config),
    '',
    ...(traceEndpoint === undefined ? [] : ['Spans go to:', `  ${traceEndpoint.href}`, '']),
  ].join('\n');
}

function poolLines({ id, instances, command, args, cwd, env }: PoolSettings, isDefault: boolean) {
  const names = Object.keys(env);
  return [
    `  ${id}${isDefault ? ' (default)' : ''}`,
    `    instances  ${instances}`,
    `    argv       ${JSON.stringify([command, ...args])}`,
    ...(cwd === undefined ? [] : [`    cwd        ${cwd}`]),
    ...(names.length === 0 ? [] : [`    env        ${names.join(', ')}`]),
  ];
}

function listenerLines({ addresses, admin }: DaemonOptions): string[] {
  const lines = addresses.map((address) => {
    if (address.transport === 'tcp') return `tcp://${hostAndPort(address)}`;
    return address.transport === 'unix' ? `unix:${address.path}` : 'stdio';
  });
  if (admin !== undefined) lines.push(`http://${hostAndPort(admin)} (admin)`);
  return lines.map((line) => `  ${line}`);
}

function hostAndPort({ host, port }: { host: string; port: number }): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function limitLines(settings: BusSettings): string[] {
  const seconds = (ms: number, never = '0 s') => (ms === 0 ? never : `${ms / 1000} s`);
  const limits: [name: string, value: string][] = [
    ['max_input_buffer', `${settings.maxFrameBytes} bytes`],
    ['max_output_queue', `${settings.maxQueueBytes} bytes`],
    ['max_restarts', String(settings.maxRestarts)],
    ['restart_window_sec', seconds(settings.restartWindowMs)],
    ['drain_timeout_sec', seconds(settings.drainTimeoutMs)],
    ['backpressure_timeout_sec', seconds(settings.backpressureTimeoutMs)],
    ['session_idle_sec', seconds(settings.sessionIdleMs, 'never')],
    ['request_timeout_sec', seconds(settings.requestTimeoutMs, 'none')],
  ];
  return limits.map(([name, value]) => `  ${name.padEnd(25)} ${value}`);
}

function routingLines({ sessionIdField, pools }: BusSettings, { routing }: BusConfig): string[] {
  const rules = (routing?.rules ?? []).map(
    ({ method, pool }) => `  ${JSON.stringify(method).padEnd(25)} ${pool}`,
  );
  return [
    `  session_id_field          ${sessionIdField}`,
    ...rules,
    `  ${'everything else'.padEnd(25)} ${routing?.default_pool ?? pools[0]?.id}`,
  ];
}
