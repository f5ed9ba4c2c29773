import { answerError } from '../../../reference/bus/answers.ts';
import { Correlator, type Pending } from '../../../reference/bus/correlator.ts';
import type { Mutant } from '../mutant.ts';
import {
  hasConnections,
  lineFromObject,
  objectFromLine,
  takesClientLines,
  takesWorkerLines,
} from '../part.ts';

/** Answers with ids as JSON.parse and JSON.stringify leave them. */
class RespellingCorrelator extends Correlator {
  override close(pending: Pending): boolean {
    const wasOpen = super.close(pending);
    const { clientId } = pending;
    if (typeof clientId === 'string') {
      const id = JSON.parse(Buffer.from(clientId, 'latin1').toString());
      const respelled = Buffer.from(JSON.stringify(id)).toString('latin1');
      Object.assign(pending, { clientId: respelled });
    }
    return wasOpen;
  }
}

const knownMembers = new Set(
  'jsonrpc id method params result error sessionId pool _ext agentId'.split(' '),
);

/** Each vector of bytes names its own requirement, also where it is only not passed unchanged. */
const shownByVectors = [
  ...['FRM-1', 'FRM-3', 'FRM-4', 'FRM-5', 'FRM-6', 'FRM-8', 'COR-1', 'COR-3', 'COR-6'],
  ...['AFF-1', 'AFF-4', 'AFF-6', 'AFF-7', 'AFF-8', 'CFG-4', 'EXT-3'],
];

const longestShortLine = 65_536;

/** How long a frame may be, and what is passed on of it. */
export const passageMutants: readonly Mutant[] = [
  {
    id: 'frame-truncated',
    title: 'Of a line over 64 KiB only the first 64 KiB are taken',
    requirement: 'FRM-6',
    consequences: ['FRM-7', 'COR-1', 'FRM-4', 'FRM-5'],
    scenarios: ['framing/64-kib', 'framing/large-frames'],
    bus: takesClientLines(({ bytes, start, end, pass }) => {
      pass(bytes.subarray(start, Math.min(end, start + longestShortLine)));
    }),
  },
  {
    id: 'frame-refused-below-limit',
    title: 'A line over 64 KiB is refused, though the limit is higher',
    requirement: 'FRM-6',
    consequences: ['FRM-4', 'FRM-5', 'FRM-7', 'COR-1'],
    scenarios: ['framing/64-kib', 'framing/large-frames'],
    bus: takesClientLines(({ board, connection, start, end, kind, pass }) => {
      if (end - start <= longestShortLine || kind === 'blank') return pass();
      answerError(board, connection, 'null', { name: 'FRAME_TOO_LARGE', message: 'too long' });
    }),
  },
  {
    id: 'overlong-line-forwarded',
    title: 'A line over max_input_buffer is forwarded',
    requirement: 'FRM-6',
    consequences: ['FRM-7', 'COR-1'],
    bus: hasConnections(({ maxFrameBytes }) => ({ maxFrameBytes: maxFrameBytes * 64 })),
  },
  {
    id: 'overlong-line-silent',
    title: 'A line over max_input_buffer is dropped without an answer',
    requirement: 'FRM-6',
    bus: hasConnections(({ sink }) => ({
      sink: (connection) => ({ ...sink(connection), onOverlong() {} }),
    })),
  },
  {
    id: 'overlong-line-held',
    title: 'A line over max_input_buffer is held in memory until its end, and then refused',
    requirement: 'FRM-6',
    bus: hasConnections(({ maxFrameBytes, sink }) => ({
      maxFrameBytes: 2 ** 31 - 1,
      sink: (connection) => {
        const own = sink(connection);
        return {
          ...own,
          onLine(bytes, start, end) {
            if (end - start > maxFrameBytes) own.onOverlong();
            else own.onLine(bytes, start, end);
          },
        };
      },
    })),
  },
  {
    id: 'frame-written-anew',
    title: 'A frame from a client is parsed and written anew',
    requirement: 'FRM-7',
    consequences: shownByVectors,
    scenarios: [
      'framing/request-unchanged',
      'framing/notification-unchanged',
      'byte-vectors/json-text',
    ],
    bus: takesClientLines((line) => {
      const object = objectFromLine(line);
      line.pass(object === undefined ? undefined : lineFromObject(object));
    }),
  },
  {
    id: 'response-written-anew',
    title: 'A frame from a worker is parsed and written anew',
    requirement: 'FRM-7',
    consequences: ['COR-6', 'EXT-3', 'RST-7', 'COR-1'],
    scenarios: ['framing/response-unchanged', 'framing/worker-frames-unchanged'],
    bus: takesWorkerLines((line) => {
      const object = objectFromLine(line);
      line.pass(object === undefined ? undefined : lineFromObject(object));
    }),
  },
  {
    id: 'whitespace-lost',
    title: 'Whitespace around a frame is lost',
    requirement: 'FRM-7',
    consequences: shownByVectors,
    scenarios: ['framing/*-unchanged', 'framing/member-order'],
    bus: takesClientLines(({ bytes, start, end, kind, pass }) => {
      if (kind === 'refused' || kind === 'blank') return pass();
      pass(Buffer.from(bytes.toString('latin1', start, end).trim(), 'latin1'));
    }),
  },
  {
    id: 'unknown-members-dropped',
    title: 'Members that the bus does not know are dropped',
    requirement: 'FRM-7',
    consequences: shownByVectors,
    scenarios: ['framing/request-unchanged', 'framing/notification-unchanged'],
    bus: takesClientLines((line) => {
      const object = objectFromLine(line) ?? {};
      const isKnown = Object.keys(object).every((name) => knownMembers.has(name));
      if (line.kind === 'refused' || isKnown) return line.pass();
      const known = Object.entries(object).filter(([name]) => knownMembers.has(name));
      line.pass(lineFromObject(Object.fromEntries(known)));
    }),
  },
  {
    id: 'id-respelled',
    title: 'A response carries its id in another JSON spelling: 1 for 1.0',
    requirement: 'FRM-7',
    consequences: ['COR-1', 'FRM-3'],
    scenarios: ['framing/id-spellings*', 'framing/long-ids'],
    bus: { createCorrelator: ({ requestTimeoutMs }) => new RespellingCorrelator(requestTimeoutMs) },
  },
  {
    id: 'doubled-member-ignored',
    title: 'A line with a routing member twice is dropped without an answer',
    requirement: 'FRM-8',
    bus: takesClientLines(({ board, pass }) => {
      if (board.scanner.fault !== 'member-twice') pass();
    }),
  },
];
