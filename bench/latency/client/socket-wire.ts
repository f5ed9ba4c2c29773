import type { PhaseClock } from '../measure/phase-clock.ts';
import type { PeerAddress } from './address.ts';
import { dial, reasonOf } from './dial.ts';
import { createLineSplitter } from './line-splitter.ts';
import type { Wire, WireEvents, WireOptions } from './wire.ts';

/** Frames as lines over TCP or a Unix socket. */
export async function openSocketWire(
  address: PeerAddress,
  { clock, events, options }: WireRequest,
): Promise<Wire> {
  const socket = await dial(address, clock, options);
  const split = createLineSplitter();
  let reason = 'the connection was closed';
  socket.on('data', (bytes) => events.onArrival(() => split(bytes)));
  socket.on('error', (error) => {
    reason = reasonOf(error);
  });
  socket.on('close', () => events.onClose(reason));
  return {
    encode: (json) => Buffer.from(`${json}\n`),
    write: (bytes) => void socket.write(bytes),
    close: () => socket.destroy(),
  };
}

export interface WireRequest {
  readonly clock: PhaseClock;
  readonly events: WireEvents;
  readonly options: WireOptions;
}
