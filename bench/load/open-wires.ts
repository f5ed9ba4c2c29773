import type { Target } from './load-command.ts';
import { openWire, type Wire } from './wire.ts';

/** Below what a listener commonly keeps waiting. */
const openingAtOnce = 100;

export interface WiresEvents {
  onRead(index: number, bytes: Buffer, length: number): void;
  onClose(reason: string): void;
}

/** Opens so many connections; closes them all where one cannot be opened. */
export async function openWires(
  target: Target,
  connections: number,
  events: WiresEvents,
): Promise<Wire[]> {
  const wires: Wire[] = [];
  try {
    while (wires.length < connections) {
      const count = Math.min(openingAtOnce, connections - wires.length);
      const first = wires.length;
      const opening = Array.from({ length: count }, (_, offset) =>
        openWire(target, {
          onRead: (bytes, length) => events.onRead(first + offset, bytes, length),
          onClose: events.onClose,
        }),
      );
      const opened = await Promise.allSettled(opening);
      for (const one of opened) if (one.status === 'fulfilled') wires.push(one.value);
      const refused = opened.find((one) => one.status === 'rejected');
      if (refused !== undefined) throw refused.reason;
    }
  } catch (error) {
    for (const wire of wires) wire.close();
    const done = wires.length === 0 ? '' : `after ${wires.length} connections: `;
    throw new Error(done + (error as Error).message, { cause: error });
  }
  return wires;
}
