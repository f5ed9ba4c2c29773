import { type AnswerSink, createAnswerReader } from './answer-reader.ts';
import { createFrameRing, fenceId, firstId } from './frame-ring.ts';
import type { LatencySamples } from './latency-samples.ts';
import type { LoadCounts } from './load-command.ts';
import type { SessionOwners } from './session-owners.ts';
import type { Wire } from './wire.ts';

/** Of ids after the first: below 2^29 all fit in nine digits. */
const idBits = 29;

export interface ConnectionOptions {
  readonly wire: Wire;
  readonly index: number;
  readonly connections: number;
  readonly inFlight: number;
  readonly frameBytes: number;
  readonly sessions: number;
  readonly method: string;
  /** Requests that it may send at all. */
  readonly frames: number;
  readonly latency: LatencySamples;
  /** Where answers tell who has made them. */
  readonly owners?: SessionOwners;
  /** Only requests of this time and later are recorded. Default: all. */
  readonly since?: { readonly openAtNs: number };
}

/**
 * One connection's closed loop. An id names the connection, a slot and the slot's turn, so that an
 * answer that is late, doubled or another connection's is known at once, at the cost of an array.
 */
export interface LoadConnection {
  readonly wire: Wire;
  readonly counts: LoadCounts;
  /** The last strange line, if any. */
  readonly strange: string | undefined;
  readonly pending: number;
  readonly isFenceAnswered: boolean;
  /** Another fence follows. */
  awaitFence(): void;
  /** Takes the bytes of a read; `isMeasured`: latencies are recorded. */
  read(bytes: Buffer, length: number, atNs: number, isMeasured: boolean): void;
  /** Sends a request for each free slot. */
  fill(atNs: number): void;
  /**
   * Sends so many requests, or as many as there are free slots; returns how many. Their latency
   * counts from `firstNs`, and from `stepNs` later for each.
   */
  send(count: number, firstNs: number, stepNs: number): number;
}

export function createLoadConnection(options: ConnectionOptions): LoadConnection {
  const { wire, index, inFlight, latency, since = always } = options;
  // Each connection has sessions of its own, as far as they go.
  const sessions = Math.max(1, Math.floor(options.sessions / options.connections));
  const firstSession = (index * sessions) % options.sessions;
  const connectionBits = bitsFor(options.connections);
  const connectionMask = (1 << connectionBits) - 1;
  const slotBits = bitsFor(inFlight);
  const slotMask = (1 << slotBits) - 1;
  const turnMask = (1 << (idBits - connectionBits - slotBits)) - 1;
  const turns = new Int32Array(inFlight);
  const isPending = new Uint8Array(inFlight);
  const sentAtNs = new Float64Array(inFlight);
  const { owners } = options;
  const sessionOf = new Int32Array(owners === undefined ? 0 : inFlight);
  const freeSlots = Int32Array.from({ length: inFlight }, (_, slot) => inFlight - 1 - slot);
  // Twice as many as in flight: a place is written again only when its bytes have long left.
  const ring = createFrameRing({ ...options, frames: inFlight * 2 });
  const stride = coprimeStride(sessions);
  const counts = { sent: 0, answered: 0, lost: 0, duplicated: 0, misrouted: 0, errors: 0 };
  let free = inFlight;
  let place = 0;
  let session = 0;
  let readAtNs = 0;
  let isMeasured = false;
  let isFenceAnswered = false;
  let strange: string | undefined;

  const sink: AnswerSink = {
    onAnswer(id, isError, worker) {
      const code = id - firstId;
      const slot = (code >> connectionBits) & slotMask;
      const turn = code >> (connectionBits + slotBits);
      if (id === fenceId) {
        isFenceAnswered = true;
      } else if (code < 0 || (code & connectionMask) !== index || turn > (turns[slot] ?? -1)) {
        counts.misrouted++;
      } else if (isPending[slot] === 0 || turn !== turns[slot]) {
        counts.duplicated++;
      } else {
        isPending[slot] = 0;
        freeSlots[free++] = slot;
        counts.answered++;
        if (isError) counts.errors++;
        if (owners !== undefined) {
          counts.misrouted += owners.answered(sessionOf[slot] as number, worker);
        }
        const atNs = sentAtNs[slot] as number;
        if (isMeasured && atNs >= since.openAtNs) latency.record(readAtNs - atNs);
      }
    },
    onStrange(line) {
      counts.misrouted++;
      strange = line;
    },
  };
  const reader = createAnswerReader(sink, owners !== undefined);

  function send(most: number, firstNs: number, stepNs: number): number {
    const count = Math.min(most, free, options.frames - counts.sent);
    let atNs = firstNs;
    for (let left = count; left > 0; ) {
      const batch = Math.min(left, ring.frames - place);
      const start = place * ring.frameBytes;
      for (let end = place + batch; place < end; place++) {
        addressNext(atNs);
        atNs += stepNs;
      }
      wire.write(ring.bytes.subarray(start, place * ring.frameBytes));
      if (place === ring.frames) place = 0;
      left -= batch;
    }
    return count;
  }

  function addressNext(atNs: number): void {
    const slot = freeSlots[--free] as number;
    const turn = ((turns[slot] as number) + 1) & turnMask;
    turns[slot] = turn;
    isPending[slot] = 1;
    sentAtNs[slot] = atNs;
    counts.sent++;
    const code = (((turn << slotBits) | slot) << connectionBits) | index;
    ring.address(place, firstId + code, firstSession + session);
    if (owners !== undefined) sessionOf[slot] = firstSession + session;
    session += stride;
    if (session >= sessions) session -= sessions;
  }

  return {
    wire,
    counts,
    get strange() {
      return strange;
    },
    get pending() {
      return inFlight - free;
    },
    get isFenceAnswered() {
      return isFenceAnswered;
    },
    awaitFence() {
      isFenceAnswered = false;
    },
    read(bytes, length, atNs, measured) {
      readAtNs = atNs;
      isMeasured = measured;
      reader.read(bytes, length);
    },
    fill(atNs) {
      send(inFlight, atNs, 0);
    },
    send,
  };
}

const always = { openAtNs: 0 };

function bitsFor(count: number): number {
  return Math.ceil(Math.log2(count));
}

/** A step that visits all sessions before any again, and far apart where they are many. */
function coprimeStride(sessions: number): number {
  let stride = sessions < 1000 ? 1 : Math.floor(sessions * 0.618);
  while (commonDivisor(stride, sessions) !== 1) stride++;
  return stride % sessions;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
