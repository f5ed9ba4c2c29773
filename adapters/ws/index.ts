export type { BusSource } from '../core/bus-source.ts';
export { AdapterSetupError } from '../core/listen-security.ts';
export { TokenFileError } from '../core/token-file.ts';
export type { ClientInfo, ExecutorSession } from './codex-session.ts';
export {
  type ConnectWebSocketOptions,
  connectWebSocket,
  type WebSocketClient,
} from './connect-web-socket.ts';
export { subprotocol, subprotocolsWithToken } from './subprotocol.ts';
export { createWsAdapter, type WsAdapter, type WsAdapterOptions } from './ws-adapter.ts';
