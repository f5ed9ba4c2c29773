import { type Frame, frameFromLine } from '../history/frame.ts';

/** A frame as the client has read it. */
export interface ClientFrame extends Frame {
  readonly bytes: Buffer;
  /** Parsed; undefined where it is no JSON object. */
  readonly json: FrameJson | undefined;
}

export interface FrameJson {
  readonly id?: unknown;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: {
    readonly code: number;
    readonly message: string;
    readonly data?: Readonly<Record<string, unknown>>;
  };
}

/** The frame in a line that came to a client, LF excluded. */
export function clientFrameFrom(line: Buffer, sessionIdField: string): ClientFrame {
  const frame = frameFromLine(line, sessionIdField, 'worker');
  return { ...frame, bytes: line, json: jsonFrom(frame, line) };
}

function jsonFrom(frame: Frame, line: Buffer): FrameJson | undefined {
  if (frame.kind === 'blank' || frame.code === -32700) return undefined;
  const json: unknown = JSON.parse(line.toString());
  return typeof json === 'object' && json !== null ? (json as FrameJson) : undefined;
}
