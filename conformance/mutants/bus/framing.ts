import { answerError } from '../../../reference/bus/answers.ts';
import { Correlator, type Pending } from '../../../reference/bus/correlator.ts';
import { FrameDecoder } from '../../../reference/frame-decoder.ts';
import { scanFaults } from '../../../reference/scan-fault.ts';
import type { Mutant } from '../mutant.ts';
import {
  type ClientLine,
  hasConnections,
  lineFromObject,
  liveWorkers,
  objectFromLine,
  takesClientLines,
  takesWorkerLines,
} from '../part.ts';

const lineFeed = Buffer.from('\n');

/** Ends every chunk with an LF. */
class ChunkDecoder extends FrameDecoder {
  override write(chunk: Buffer): void {
    super.write(chunk.at(-1) === 0x0a ? chunk : Buffer.concat([chunk, lineFeed]));
  }
}

/** Turns chunks into text, and back. */
class TextDecoderOfChunks extends FrameDecoder {
  override write(chunk: Buffer): void {
    super.write(Buffer.from(chunk.toString()));
  }
}

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

function isNotJson({ board, kind }: ClientLine): boolean {
  const { fault } = board.scanner;
  return kind === 'refused' && fault !== null && scanFaults[fault].code === -32700;
}

function isNoFrame({ board, kind }: ClientLine): boolean {
  const { fault } = board.scanner;
  return kind === 'refused' && fault !== null && scanFaults[fault].code === -32600;
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

export const framingMutants: readonly Mutant[] = [
  {
    id: 'carriage-return-refused',
    title: 'A line that ends with CR LF is refused',
    requirement: 'FRM-1',
    consequences: ['FRM-5', 'COR-1', 'FRM-7', 'COR-4'],
    bus: takesClientLines(({ bytes, end, kind, pass }) => {
      if (kind !== 'blank' && bytes[end - 1] === 0x0d) pass(Buffer.from('\r!'));
      else pass();
    }),
  },
  {
    id: 'blank-line-answered',
    title: 'A blank line is answered as one that is not JSON',
    requirement: 'FRM-2',
    consequences: ['COR-1'],
    bus: takesClientLines(({ kind, pass }) =>
      pass(kind === 'blank' ? Buffer.from('!') : undefined),
    ),
  },
  {
    id: 'blank-line-forwarded',
    title: 'A blank line is forwarded to a worker',
    requirement: 'FRM-2',
    bus: takesClientLines(({ board, bytes, start, end, kind, pass }) => {
      if (kind === 'blank') liveWorkers(board)[0]?.output.push(bytes, start, end);
      else pass();
    }),
  },
  {
    id: 'chunk-is-frame',
    title: 'Each read of a connection is taken for whole lines',
    requirement: 'FRM-3',
    consequences: ['FRM-4', 'FRM-5', 'FRM-6', 'COR-1', 'COR-4', 'FRM-7'],
    bus: hasConnections(({ parts }) => ({
      parts: {
        ...parts,
        createDecoder: ({ maxFrameBytes }, sink) => new ChunkDecoder(maxFrameBytes, sink),
      },
    })),
  },
  {
    id: 'chunks-decoded-alone',
    title: 'Each read is decoded as UTF-8 by itself, so that a character cut in two is lost',
    requirement: 'FRM-3',
    // What is no UTF-8 becomes UTF-8 that way.
    consequences: ['FRM-4', 'FRM-7', 'COR-1'],
    bus: hasConnections(({ parts }) => ({
      parts: {
        ...parts,
        createDecoder: ({ maxFrameBytes }, sink) => new TextDecoderOfChunks(maxFrameBytes, sink),
      },
    })),
  },
  {
    id: 'bad-json-silent',
    title: 'A line that is not JSON is dropped without an answer',
    requirement: 'FRM-4',
    consequences: ['FRM-5', 'FRM-3', 'COR-1', 'SEC-4', 'FRM-7'],
    bus: takesClientLines((line) => {
      if (!isNotJson(line)) line.pass();
    }),
  },
  {
    id: 'bad-json-forwarded',
    title: 'A line that is not JSON is forwarded to a worker',
    requirement: 'FRM-4',
    consequences: ['FRM-7'],
    bus: takesClientLines((line) => {
      const { board, bytes, start, end } = line;
      if (isNotJson(line)) liveWorkers(board)[0]?.output.push(bytes, start, end);
      line.pass();
    }),
  },
  {
    id: 'bad-json-ends-connection',
    title: 'A line that is not JSON ends its connection',
    requirement: 'FRM-4',
    consequences: ['FRM-3', 'FRM-5', 'COR-1', 'SEC-4'],
    bus: takesClientLines((line) => {
      line.pass();
      if (isNotJson(line)) line.connection.close('not JSON');
    }),
  },
  {
    id: 'unterminated-line-taken',
    title: 'Bytes without an LF at the end of a stream are taken for a line',
    requirement: 'FRM-4',
    consequences: ['COR-1', 'COR-8'],
    scenarios: ['framing/unterminated*'],
    bus: hasConnections(({ stream, parts }) => ({
      parts: {
        ...parts,
        createDecoder: (options, sink) => {
          const decoder = parts.createDecoder(options, sink);
          stream.prependOnceListener('end', () => {
            if (decoder.bufferedBytes > 0) decoder.write(lineFeed);
          });
          return decoder;
        },
      },
    })),
  },
  {
    id: 'refusal-with-wrong-code',
    title: 'JSON that is no frame is answered with -32700 instead of -32600',
    requirement: 'FRM-5',
    consequences: ['FRM-7', 'FRM-8', 'COR-1', 'AFF-6', 'AFF-7'],
    bus: takesClientLines((line) => {
      const { board, connection } = line;
      if (!isNoFrame(line)) return line.pass();
      const idJson = board.scanner.idJson();
      answerError(board, connection, idJson, { name: 'PARSE_ERROR', message: 'bad line' });
    }),
  },
  {
    id: 'refusal-without-id',
    title: 'JSON that is no frame is always answered with id null',
    requirement: 'FRM-5',
    consequences: ['FRM-4', 'FRM-7', 'FRM-8', 'COR-1', 'AFF-6', 'AFF-7'],
    bus: takesClientLines((line) => {
      const { board, connection } = line;
      if (!isNoFrame(line)) return line.pass();
      answerError(board, connection, 'null', { name: 'INVALID_REQUEST', message: 'bad line' });
    }),
  },
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
