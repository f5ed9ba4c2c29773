import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isBusConfig } from '../../../reference/bus/config-check.ts';
import { type ConfigResult, readConfig } from '../../../reference/bus/config-file.ts';
import { ListenError, listen } from '../../../reference/bus/listener.ts';
import { startProcess } from '../../../reference/bus/worker-process.ts';
import type { BusConfig, Pool } from '../../../schemas/generated/bus-config.ts';
import type { Mutant } from '../mutant.ts';
import { hasSettings } from '../part.ts';

type Problems = Extract<ConfigResult, { problems: unknown }>['problems'];

/** What is in the file of a configuration, where it can be read as JSON. */
function documentIn(source: string | number): unknown {
  try {
    return typeof source === 'string' ? JSON.parse(readFileSync(source, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}

/** A configuration that has mistakes, as far as there are pools in it. */
function forgiven(value: unknown): BusConfig | undefined {
  const { pools } = (value ?? {}) as { readonly pools?: unknown };
  if (!Array.isArray(pools)) return undefined;
  const usable = pools.filter((pool) => isBusConfig({ pools: [pool] }));
  return usable.length === 0 ? undefined : { pools: usable };
}

/** A reader that takes something where the reference finds problems. */
function readsDespite(
  recover: (source: string | number, problems: Problems) => ConfigResult | undefined,
): typeof readConfig {
  return async (source) => {
    const result = await readConfig(source);
    return 'config' in result ? result : (recover(source, result.problems) ?? result);
  };
}

/** The document without the members that the problems name. */
function withoutMembers(value: unknown, problems: Problems): unknown {
  for (const { pointer } of problems) {
    const names = pointer.split('/').slice(1);
    const last = names.pop() ?? '';
    let at = value as Record<string, unknown>;
    for (const name of names) at = at[name] as Record<string, unknown>;
    delete at[last];
  }
  return value;
}

const badConfig = 78;

export const configurationMutants: readonly Mutant[] = [
  {
    id: 'environment-ignored',
    title: 'pools[].env has no effect',
    requirement: 'CFG-1',
    scenarios: ['configuration/environment'],
    bus: hasSettings(({ pools }) => ({ pools: pools.map((pool) => ({ ...pool, env: {} })) })),
  },
  {
    id: 'cwd-ignored',
    title: 'pools[].cwd has no effect',
    requirement: 'CFG-1',
    consequences: ['CFG-3'],
    scenarios: ['configuration/working-directory', 'configuration/command-in-cwd'],
    bus: hasSettings(({ pools }) => ({
      pools: pools.map((pool) => ({ ...pool, cwd: undefined })),
    })),
  },
  {
    id: 'instances-ignored',
    title: 'Every pool has one worker, whatever pools[].instances says',
    requirement: 'CFG-1',
    scenarios: ['configuration/rfc-example', 'configuration/numbers', 'AFF-3'],
    consequences: ['AFF-3', 'AFF-5', 'AFF-10'],
    bus: hasSettings(({ pools }) => ({ pools: pools.map((pool) => ({ ...pool, instances: 1 })) })),
  },
  {
    id: 'request-timeout-ignored',
    title: 'limits.request_timeout_sec has no effect',
    requirement: 'CFG-1',
    consequences: ['COR-5', 'EXT-6', 'COR-1', 'DRN-2'],
    scenarios: ['configuration/request-timeout'],
    bus: hasSettings(() => ({ requestTimeoutMs: 0 })),
  },
  {
    id: 'bad-configuration-forgiven',
    title: 'What is wrong in a configuration is left out, and the rest is run',
    requirement: 'CFG-2',
    scenarios: ['configuration/instances-*', 'configuration/pool-*'],
    daemon: {
      readConfig: readsDespite((source) => {
        const config = forgiven(documentIn(source));
        return config && { config };
      }),
    },
  },
  {
    id: 'trailing-garbage-forgiven',
    title: 'What stands behind the document of a configuration is ignored',
    requirement: 'CFG-2',
    scenarios: ['configuration/trailing-garbage', 'configuration/two-documents'],
    daemon: {
      readConfig: readsDespite((source) => {
        if (typeof source !== 'string') return undefined;
        const text = readFileSync(source, 'utf8');
        for (let end = text.length; end > 0; end = text.lastIndexOf('}', end - 1)) {
          try {
            const config = JSON.parse(text.slice(0, end + 1));
            return isBusConfig(config) ? { config } : undefined;
          } catch {
            // It ends at an earlier brace.
          }
        }
        return undefined;
      }),
    },
  },
  {
    id: 'unknown-member-unmentioned',
    title: 'An unknown member of a configuration is ignored without a warning',
    requirement: 'CFG-2',
    scenarios: ['configuration/unknown-*'],
    daemon: {
      readConfig: readsDespite((source, problems) => {
        if (!problems.every(({ problem }) => problem.includes('unknown'))) return undefined;
        const config = withoutMembers(documentIn(source), problems);
        return isBusConfig(config) ? { config } : undefined;
      }),
    },
  },
  {
    id: 'problem-without-pointer',
    title: 'The lines about a bad configuration name no place',
    requirement: 'CFG-2',
    scenarios: ['configuration/pool-id-*', 'configuration/default-pool-unknown'],
    daemon: {
      readConfig: readsDespite((_, problems) => ({
        problems: problems.map(({ problem }) => ({ pointer: '', problem })),
      })),
    },
  },
  {
    id: 'worker-before-check',
    title: 'The first worker is started before the configuration is checked',
    requirement: 'CFG-2',
    scenarios: ['configuration/restarts-negative', 'configuration/unknown-limit'],
    daemon: {
      readConfig: readsDespite((source) => {
        const { pools = [] } = (documentIn(source) ?? {}) as { readonly pools?: readonly Pool[] };
        const [first] = Array.isArray(pools) ? pools : [];
        if (first === undefined || !isBusConfig({ pools: [first] })) return undefined;
        spawn(first.command, [...(first.args ?? [])], { stdio: 'pipe' }).on('error', () => {});
        // So that it has a chance to run.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);
        return undefined;
      }),
    },
  },
  {
    id: 'bad-configuration-exits-0',
    title: 'A bus with a bad configuration ends with exit code 0',
    requirement: 'CFG-2',
    consequences: ['CFG-3', 'CFG-5'],
    scenarios: [
      'configuration/instances-zero',
      'configuration/empty-file',
      'configuration/command-not-there',
    ],
    command: (reference) => ({
      ...reference,
      run: async (args) => {
        const exitCode = await reference.run(args);
        return exitCode === badConfig ? 0 : exitCode;
      },
    }),
  },
  {
    id: 'command-through-shell',
    title: 'Commands are run by a shell, so that a missing one is found only by that',
    requirement: 'CFG-3',
    bus: {
      startProcess: (pool) =>
        startProcess({
          ...pool,
          command: '/bin/sh',
          args: ['-c', 'exec "$0" "$@"', pool.command, ...pool.args],
        }),
    },
  },
  {
    id: 'session-field-ignored',
    title: 'routing.session_id_field has no effect',
    requirement: 'CFG-4',
    consequences: [
      'CFG-1',
      'AFF-1',
      'AFF-8',
      'COR-6',
      'AFF-6',
      'AFF-3',
      'EXT-4',
      'AFF-2',
      'AFF-7',
      'FRM-8',
    ],
    scenarios: ['*/configured-member', 'session-field/*', 'byte-vectors/session-field-user'],
    bus: hasSettings(() => ({ sessionIdField: 'sessionId' })),
  },
  {
    id: 'port-in-use-ignored',
    title: 'A bus whose port is in use runs on without a listener',
    requirement: 'CFG-5',
    consequences: ['DRN-5'],
    scenarios: ['command-line/port-in-use'],
    daemon: {
      listen: async (address, onConnection) => {
        try {
          return await listen(address, onConnection);
        } catch (error) {
          if (!(error instanceof ListenError)) throw error;
          return { url: 'nowhere', close() {} };
        }
      },
    },
  },
  {
    id: 'chosen-port-untold',
    title: 'With port 0, the port that was chosen is not printed',
    requirement: 'CFG-5',
    consequences: ['SEC-2'],
    scenarios: ['command-line/port-0'],
    daemon: {
      listen: async (address, onConnection) => {
        const listener = await listen(address, onConnection);
        const url = address.transport === 'tcp' ? `tcp://${address.host}:${address.port}` : '';
        return { ...listener, url };
      },
    },
  },
  {
    id: 'help-exits-1',
    title: '--help prints the usage and exits with code 1',
    requirement: 'CFG-5',
    scenarios: ['command-line/help'],
    command: (reference) => ({
      ...reference,
      run: async (args) => {
        const exitCode = await reference.run(args);
        return args.includes('--help') ? 1 : exitCode;
      },
    }),
  },
  {
    id: 'inherited-configuration-unread',
    title: '--config-fd is refused',
    requirement: 'CFG-5',
    consequences: ['SEC-5'],
    scenarios: ['command-line/config-fd'],
    daemon: {
      readConfig: async (source) =>
        typeof source === 'string'
          ? readConfig(source)
          : { problems: [{ pointer: '', problem: 'cannot be read' }] },
    },
  },
];
