import type { HelloParams, StatsResult } from '../../schemas/generated/bus-methods.ts';
import { validateHelloParams } from '../../schemas/generated/bus-methods.validate.ts';
import { answerError, answerLine } from './answers.ts';
import type { Connection } from './connection.ts';
import type { Switchboard } from './switchboard.ts';

/** The extensions that the reference always has, each in version 1. */
export const ownExtensions: ReadonlySet<string> = new Set([
  'hello',
  'stats',
  'ext-passthrough',
  'session-lost',
  'bus-errors',
]);
/** Versions of the protocol that are another name of 1. */
const protocolVersions = new Set(['1', '1.0', '0.1.0']);

/**
 * Answers a request for one of the bus's own methods; false where it is none of them: such a
 * request is forwarded as any other. Implements EXT-1, EXT-2.
 */
export function answerOwnMethod(
  board: Switchboard,
  connection: Connection,
  bytes: Buffer,
  start: number,
  end: number,
): boolean {
  const { scanner } = board;
  const idJson = scanner.idJson();
  switch (scanner.method()) {
    case 'stdio_bus/hello':
      answerHello(board, connection, idJson, JSON.parse(bytes.toString('utf8', start, end)).params);
      return true;
    case 'stdio_bus/stats':
      answerLine(board, connection, resultLine(idJson, statsOf(board)));
      return true;
    default:
      return false;
  }
}

function resultLine(idJson: string, result: unknown): string {
  return `{"jsonrpc":"2.0","id":${idJson},"result":${JSON.stringify(result)}}\n`;
}

function answerHello(
  board: Switchboard,
  connection: Connection,
  idJson: string,
  params: unknown,
): void {
  if (!validateHelloParams(params)) {
    const [problem] = validateHelloParams.errors ?? [];
    refuse(board, connection, idJson, `params${problem?.instancePath}: ${problem?.message}`);
    return;
  }
  const { protocolVersion } = params;
  if (!/^1(\.\d+)?$/.test(protocolVersion) && !protocolVersions.has(protocolVersion)) {
    refuse(board, connection, idJson, 'this bus speaks protocol version 1', {
      supportedVersions: ['1'],
    });
    return;
  }
  const missing = missingExtension(board, params);
  if (missing !== undefined) {
    refuse(board, connection, idJson, `required extension ${missing} is not available`);
    return;
  }
  const selected = Object.fromEntries(
    Object.keys(params.extensions ?? {}).map((name) => [name, selection(board, params, name)]),
  );
  connection.wantsSessionLost = selected['session-lost']?.active === true;
  const result = {
    negotiatedProtocolVersion: protocolVersion === '0.1.0' ? protocolVersion : '1',
    sessionId: `s-${globalThis.crypto.randomUUID()}`,
    extensions: selected,
  };
  answerLine(board, connection, resultLine(idJson, result));
}

function refuse(
  board: Switchboard,
  connection: Connection,
  idJson: string,
  message: string,
  details?: Readonly<Record<string, unknown>>,
): void {
  const facts = { name: 'INVALID_PARAMS', message: message.slice(0, 300) } as const;
  answerError(board, connection, idJson, details === undefined ? facts : { ...facts, details });
}

function selection({ extensions }: Switchboard, { extensions: asked }: HelloParams, name: string) {
  const version = asked?.[name]?.version ?? '1';
  const isActive = extensions.has(name) && /^1(\.\d+)?$/.test(version);
  return { selected: isActive ? '1' : null, active: isActive };
}

function missingExtension(board: Switchboard, params: HelloParams): string | undefined {
  return Object.entries(params.extensions ?? {}).find(
    ([name, { required }]) => required === true && !selection(board, params, name).active,
  )?.[0];
}

/** What the bus has counted, and its state now. Implements EXT-2. */
export function statsOf(board: Switchboard): StatsResult {
  const { counters, sessions, correlator, pools } = board;
  return {
    messagesIn: counters.messagesIn,
    messagesOut: counters.messagesOut,
    bytesIn: counters.bytesIn,
    bytesOut: counters.bytesOut,
    workerRestarts: counters.workerRestarts,
    routingErrors: counters.routingErrors,
    clientConnects: counters.clientConnects,
    clientDisconnects: counters.clientDisconnects,
    sessions: sessions.size,
    pending: correlator.size,
    workers: pools.flatMap(({ settings, slots }) =>
      slots.map(({ slot, state, incarnation, worker }) => ({
        pool: settings.id,
        slot,
        incarnation,
        pid: worker?.hasExited === false ? (worker.pid ?? null) : null,
        state: state === 'ready' && worker?.isEnding === true ? 'draining' : state,
        sessions: worker?.isLive ? worker.sessions : 0,
        pending: worker?.pending.size ?? 0,
      })),
    ),
  };
}
