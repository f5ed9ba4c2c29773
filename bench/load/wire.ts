import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import type { Target } from './load-command.ts';

const readBytes = 1 << 20;

/** A connection to a subject, as bytes. */
export interface Wire {
  write(bytes: Buffer): void;
  close(): void;
}

export interface WireEvents {
  /** The bytes are valid during the call. */
  onRead(bytes: Buffer, length: number): void;
  /** Once, also where it could not be opened or was closed from here. */
  onClose(reason: string): void;
}

// One for all: each read is dealt with before the next.
const readBuffer = Buffer.allocUnsafeSlow(readBytes);

/** Resolves when it is open. Rejects where it cannot be opened. */
export function openWire(target: Target, events: WireEvents): Promise<Wire> {
  return target.kind === 'command' ? openPipes(target.argv, events) : openSocket(target, events);
}

function openSocket(target: Exclude<Target, { kind: 'command' }>, events: WireEvents) {
  return new Promise<Wire>((resolve, reject) => {
    const onread = {
      buffer: readBuffer,
      callback(length: number) {
        events.onRead(readBuffer, length);
        return true;
      },
    };
    const { kind, ...address } = target;
    const socket = connect({ ...address, onread, ...(kind === 'tcp' && { noDelay: true }) });
    let reason = 'connection closed by the subject';
    socket.on('error', (error) => {
      reason = `connection failed: ${error.message}`;
      reject(error);
    });
    socket.on('end', () => socket.destroy());
    socket.on('close', () => events.onClose(reason));
    socket.on('connect', () => {
      resolve({
        write: (bytes) => void socket.write(bytes),
        close: () => socket.destroy(),
      });
    });
  });
}

function openPipes([command, ...args]: readonly string[], events: WireEvents): Promise<Wire> {
  return new Promise<Wire>((resolve, reject) => {
    const child = spawn(String(command), args, { stdio: ['pipe', 'pipe', 'inherit'] });
    child.on('error', reject);
    child.stdin.on('error', () => {});
    child.stdout.on('data', (chunk: Buffer) => events.onRead(chunk, chunk.length));
    child.on('close', (code, signal) => events.onClose(`worker ended: ${signal ?? code}`));
    child.on('spawn', () => {
      resolve({
        write: (bytes) => void child.stdin.write(bytes),
        close: () => child.stdin.end(),
      });
    });
  });
}
