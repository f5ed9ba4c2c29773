import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { AdapterCore } from '../core/adapter-core.ts';
import type { BusChannel } from '../core/bus-channel.ts';
import { type Failure, failureFromError } from '../core/failure.ts';
import type { OriginPolicy } from '../core/origin-policy.ts';
import { factsOfRequest } from '../core/web-caller.ts';
import { webFailureBytes } from '../core/web-failure.ts';
import { SocketSession, tooBig } from './socket-session.ts';
import { authorizationFrom, subprotocol } from './subprotocol.ts';

export interface UpgradeOptions {
  readonly core: AdapterCore;
  readonly origins: OriginPolicy;
  readonly pingIntervalMs: number;
  readonly pingTimeoutMs: number;
}

/** The sessions of the WebSockets that are open. */
export interface OpenSockets {
  /** Ends all of them, after what was written. */
  end(): void;
  destroy(): void;
  /** Resolves when none is left. */
  readonly empty: Promise<void>;
}

/** Where a WebSocket is opened. */
export const webSocketPaths: readonly string[] = ['/', '/v1/ws'];

/** A WebSocket that says what is too big before it closes: the close alone would lose the error. */
class FrameSocket extends WebSocket {
  session: SocketSession | undefined;

  override close(code?: number, reason?: string | Buffer): void {
    if (code === tooBig && this.readyState === WebSocket.OPEN) this.session?.tellTooBig();
    super.close(code, reason);
  }
}

/** Serves the upgrades of a web server. */
export function serveUpgrades(server: Server, options: UpgradeOptions): OpenSockets {
  const { core } = options;
  const sessions = new Set<SocketSession>();
  let onEmpty = () => {};
  const webSockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: core.maxFrameBytes,
    WebSocket: FrameSocket,
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  });
  const onEnd = (session: SocketSession) => {
    sessions.delete(session);
    if (sessions.size === 0) onEmpty();
  };
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Until the WebSocket has it: a client that goes meanwhile is nobody's error.
    socket.on('error', () => {});
    const session = new SocketSession({ ...options, onEnd });
    const open = (channel: BusChannel) => {
      sessions.add(session);
      // Also where something was wrong with the handshake, and the session is never opened.
      socket.once('close', () => {
        session.destroy();
        channel.destroy();
      });
      webSockets.handleUpgrade(request, socket, head, (webSocket) => {
        (webSocket as FrameSocket).session = session;
        session.open(channel, webSocket, socket);
      });
    };
    const [path = '/'] = (request.url ?? '/').split('?');
    if (!webSocketPaths.includes(path)) {
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    connected(options, request, session).then(
      ({ channel, failure }) => {
        if (failure !== undefined) socket.end(webFailureBytes(failure));
        else if (socket.destroyed) channel.destroy();
        else open(channel);
      },
      (error: Error) => socket.destroy(error),
    );
  });
  return {
    end() {
      for (const session of sessions) session.endNow();
    },
    destroy() {
      for (const session of sessions) session.destroy();
    },
    get empty() {
      return new Promise<void>((resolve) => {
        onEmpty = resolve;
        if (sessions.size === 0) resolve();
      });
    },
  };
}

type Connected =
  | { readonly channel: BusChannel; readonly failure?: never }
  | { readonly channel?: never; readonly failure: Failure };

/** The connection to the bus, made before the upgrade, so that what fails has a status. */
async function connected(
  { core, origins }: UpgradeOptions,
  request: IncomingMessage,
  session: SocketSession,
): Promise<Connected> {
  const { facts, failure } = factsOfRequest(core, request, {
    origins,
    authorization: authorizationFrom(request.headers['sec-websocket-protocol']),
  });
  if (failure !== undefined) return { failure };
  const span = core.tracing.begin('websocket connect', facts.trace?.traceparent, {
    'network.protocol.name': 'websocket',
  });
  try {
    const channel = await core.openChannel(facts.caller, session, 'websocket message');
    span?.end();
    return { channel };
  } catch (error) {
    const problem = failureFromError(error);
    span?.end(problem);
    return { failure: problem };
  }
}
