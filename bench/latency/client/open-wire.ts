import type { PeerAddress } from './address.ts';
import { openGrpcWire } from './grpc-wire.ts';
import { openSocketWire, type WireRequest } from './socket-wire.ts';
import { openStdioWire } from './stdio-wire.ts';
import { openWebSocketWire } from './web-socket-wire.ts';
import type { Wire } from './wire.ts';

const openers = {
  tcp: openSocketWire,
  unix: openSocketWire,
  stdio: openStdioWire,
  grpc: openGrpcWire,
  'grpc-tls': openGrpcWire,
  ws: openWebSocketWire,
  'ws-tls': openWebSocketWire,
} as const;

/** Opens a connection of any transport. Rejects with a WireError. */
export function openWire(address: PeerAddress, request: WireRequest): Promise<Wire> {
  return openers[address.transport](address, request);
}
