import { connect, type Socket } from 'node:net';
import type { Target } from '../load/load-command.ts';

/** A connection for questions that need few frames. */
export interface LineClient {
  readonly socket: Socket;
  /** Resolves when nothing more will come. */
  readonly ended: Promise<void>;
}

/** What an answer says; `isError` of an error. */
export interface LineAnswer {
  readonly id: unknown;
  readonly isError: boolean;
}

/** Connects; each line that is JSON with an id goes to `onAnswer`. Rejects where it is refused. */
export function openLineClient(
  target: Target,
  onAnswer: (answer: LineAnswer) => void,
): Promise<LineClient> {
  if (target.kind === 'command') throw new Error('a worker alone has no place to connect to');
  const { kind: _, ...address } = target;
  return new Promise((resolve, reject) => {
    const socket = connect({ ...address, ...('port' in address && { noDelay: true }) });
    const ended = new Promise<void>((end) => socket.on('close', () => end()));
    let rest = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() as string;
      for (const line of lines) takeLine(line, onAnswer);
    });
    socket.on('error', reject);
    socket.on('connect', () => resolve({ socket, ended }));
  });
}

/** A request to the echo worker. */
export function requestLine(id: number, sessionId: string, text = ''): string {
  return `{"jsonrpc":"2.0","id":${id},"method":"echo","sessionId":"${sessionId}","params":{"text":"${text}"}}\n`;
}

function takeLine(line: string, onAnswer: (answer: LineAnswer) => void): void {
  try {
    const { id, error } = JSON.parse(line) as { id?: unknown; error?: unknown };
    if (id !== undefined) onAnswer({ id, isError: error !== undefined });
  } catch {
    // A line that is no JSON answers nothing.
  }
}
