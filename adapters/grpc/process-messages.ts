import type { ReadResult } from '../../schemas/generated/process.ts';
import type { ProcessRequest, ReadResponse } from './messages.ts';

/** The params of `process/*` that a message of the process profile stands for. */
export function paramsFrom(request: ProcessRequest): Buffer {
  const { sessionId: _, pool: __, ...members } = request;
  const params = Object.entries(members)
    .filter(([name, value]) => !(name === 'writeId' && value === ''))
    .map(([name, value]) => [name, Buffer.isBuffer(value) ? value.toString('base64') : value]);
  return Buffer.from(JSON.stringify(Object.fromEntries(params)));
}

/** A result of `process/read` as a message: null is absent, bytes are bytes. */
export function readResponseFrom(result: ReadResult): ReadResponse {
  const { chunks, exitCode, failure, sandboxDenied, ...rest } = result;
  return {
    ...rest,
    chunks: chunks.map(({ seq, stream, chunk }) => ({
      seq,
      stream,
      chunk: Buffer.from(chunk, 'base64'),
    })),
    ...(exitCode == null ? {} : { exitCode }),
    ...(failure == null ? {} : { failure }),
    ...(sandboxDenied == null ? {} : { sandboxDenied }),
  };
}

type EventParams = Readonly<Record<string, unknown>>;

/** An event of a process that a worker has told; undefined where the frame is none of this process. */
export function eventFromFrame(frame: Buffer, processId: string) {
  const { method, params } = JSON.parse(frame.toString()) as {
    method: string;
    params?: EventParams;
  };
  if (params?.processId !== processId || !Number.isSafeInteger(params.seq)) return undefined;
  const base = { processId, seq: params.seq as number };
  switch (method) {
    case 'process/output': {
      const chunk = Buffer.from(String(params.chunk), 'base64');
      return { ...base, output: { stream: String(params.stream), chunk } };
    }
    case 'process/exited': {
      const { exitCode, sandboxDenied } = params;
      return {
        ...base,
        exited: {
          exitCode: Number.isSafeInteger(exitCode) ? (exitCode as number) : -1,
          ...(typeof sandboxDenied === 'boolean' ? { sandboxDenied } : {}),
        },
      };
    }
    case 'process/closed':
      return { ...base, closed: {} };
    default:
      return undefined;
  }
}
