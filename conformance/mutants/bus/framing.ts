import { answerError } from '../../../reference/bus/answers.ts';
import { FrameDecoder } from '../../../reference/frame-decoder.ts';
import { scanFaults } from '../../../reference/scan-fault.ts';
import type { Mutant } from '../mutant.ts';
import { type ClientLine, hasConnections, liveWorkers, takesClientLines } from '../part.ts';

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

function isNotJson({ board, kind }: ClientLine): boolean {
  const { fault } = board.scanner;
  return kind === 'refused' && fault !== null && scanFaults[fault].code === -32700;
}

function isNoFrame({ board, kind }: ClientLine): boolean {
  const { fault } = board.scanner;
  return kind === 'refused' && fault !== null && scanFaults[fault].code === -32600;
}

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
];
