import { waitingClock } from '../../reference/client/waiting-clock.ts';
import type { HttpCall } from './http-reply.ts';
import type { SessionEvent, SessionEvents } from './session-events.ts';

/** Milliseconds of silence after which a comment is sent, so that nobody takes the stream for dead. */
const keepaliveMs = 15_000;
const carriageReturn = 0x0d;
const space = 0x20;

/** The streams of events that are open. */
export class EventStreams {
  readonly #open = new Set<() => void>();

  /**
   * Gives a session's events to a response (text/event-stream), after the one that `lastEventId` names.
   * A slow reader is read to from what is kept, and told what is not any more: it holds up nobody.
   */
  serve({ response }: HttpCall, events: SessionEvents, lastEventId: string | undefined): void {
    const start = startFrom(events, lastEventId);
    let next = start.seq;
    let isFull = false;
    const write = (text: string | Buffer) => {
      if (!response.write(text)) isFull = true;
    };
    const advance = () => {
      while (!isFull && next <= events.lastSeq) {
        if (next < events.firstSeq) {
          write(gapText({ reason: 'no longer kept', missed: events.firstSeq - next }));
          next = events.firstSeq;
        } else {
          write(textOf(events.ring, events.at(next)));
          next += 1;
        }
      }
    };
    const leave = events.read(advance);
    let cancelKeepalive = () => {};
    const keepAlive = () => {
      cancelKeepalive = waitingClock.after(keepaliveMs, () => {
        if (!isFull) write(':\n\n');
        keepAlive();
      });
    };
    const end = () => response.end();
    this.#open.add(end);
    response.once('close', () => {
      this.#open.delete(end);
      leave();
      cancelKeepalive();
    });
    response.on('drain', () => {
      isFull = false;
      advance();
    });
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    // Whoever waits for the first bytes knows that nothing is missed from now on.
    write(`retry: 1000\n: events of ring ${events.ring}\n\n`);
    if (start.gap !== undefined) write(gapText(start.gap));
    keepAlive();
    advance();
  }

  end(): void {
    for (const end of this.#open) end();
  }
}

interface Gap {
  readonly reason: string;
  /** How many events are gone; absent where nobody knows. */
  readonly missed?: number;
}

function startFrom(
  { ring, lastSeq }: SessionEvents,
  lastEventId: string | undefined,
): { readonly seq: number; readonly gap?: Gap } {
  const live = lastSeq + 1;
  if (lastEventId === undefined || lastEventId === '') return { seq: live };
  const [, of, digits] = /^([0-9a-f]{8})-(\d{1,15})$/.exec(lastEventId) ?? [];
  const after = Number(digits);
  if (of === ring && after <= lastSeq) return { seq: after + 1 };
  return { seq: live, gap: { reason: 'the events after this id are no longer known' } };
}

function gapText(gap: Gap): string {
  return `event: gap\ndata: ${JSON.stringify(gap)}\n\n`;
}

/** Notifications are messages without a name, as `EventSource.onmessage` takes them. */
function textOf(ring: string, { seq, kind, frame }: SessionEvent): Buffer {
  const name = kind === 'notification' ? '' : `event: ${kind}\n`;
  return Buffer.concat([
    Buffer.from(`id: ${ring}-${seq}\n${name}data: `),
    withoutReturns(frame),
    Buffer.from('\n\n'),
  ]);
}

/** A CR would end the line of the event; where JSON allows one, a space means the same. */
function withoutReturns(frame: Buffer): Buffer {
  if (!frame.includes(carriageReturn)) return frame;
  return Buffer.from(frame.map((byte) => (byte === carriageReturn ? space : byte)));
}
