import type { LoadPoint, LoadQuestion } from '../../schemas/generated/load-report.ts';

/** A piece of work in words: `64 in flight, 200 B`. */
export function workText(question: LoadQuestion, point: LoadPoint): string {
  const { payloadBytes, inFlight, connections, workers, sessions, ratePerSec, transport } = point;
  const payload = payloadBytes === undefined ? '' : sizeText(payloadBytes);
  switch (question) {
    case 'round-trip':
      return `round trip over ${transport === 'unix' ? 'Unix' : 'TCP'}, ${payload}`;
    case 'throughput':
      return `${inFlight} in flight, ${payload}`;
    case 'connections':
      return `${countText(connections, 'connection')}, ${inFlight} in flight on each`;
    case 'workers':
      return `${countText(workers, 'worker')}, ${inFlight} in flight`;
    case 'open-loop':
      return `${grouped(ratePerSec ?? 0)} requests/s on schedule`;
    case 'highest-rate':
      return 'highest rate under the p99 bound';
    case 'sessions':
      return `${grouped(sessions ?? 0)} live sessions`;
    case 'pending':
      return `${grouped(inFlight ?? 0)} requests pending at once`;
    case 'idle-connections':
      return `${grouped(connections ?? 0)} idle connections`;
    case 'start':
      return `start to ready with ${countText(workers, 'worker')}`;
    case 'recovery':
      return 'kill -9 of the worker to the first answer';
    case 'drain':
      return `drain with ${grouped(inFlight ?? 0)} requests under way`;
    case 'slow-reader':
      return `a client that reads nothing, ${payload} answers`;
    case 'cpu':
      return ratePerSec === undefined
        ? `idle, ${countText(connections, 'connection')}, ${countText(workers, 'worker')}`
        : `processor time at ${grouped(ratePerSec)} requests/s`;
  }
}

/** Bytes in the unit that people say them in. */
export function sizeText(bytes: number): string {
  return bytes % 1024 === 0 ? `${bytes / 1024} KiB` : `${bytes} B`;
}

/** Digits in groups of three, so that a column can be read. */
export function grouped(value: number, digits = 0): string {
  const [whole = '', fraction] = value.toFixed(digits).split('.');
  const groups = whole.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}

function countText(count: number | undefined, noun: string): string {
  return `${grouped(count ?? 0)} ${noun}${count === 1 ? '' : 's'}`;
}
