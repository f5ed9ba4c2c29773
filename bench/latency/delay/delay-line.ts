import { alarmClockMs } from './alarm-memory.ts';

export interface DelayLineOptions {
  readonly delayMs: number;
  /** Bytes on their way at which the line is full. */
  readonly maxBytes: number;
  /** Takes what has arrived; false where it wants no more for now. */
  deliver(bytes: Buffer): boolean;
  /** What stands at the end has arrived. */
  onEnd(): void;
  /** There is room again after `push` gave false. */
  onRoom(): void;
  /** `arrive` is wanted at this moment of `alarmClockMs`. */
  wake(dueMs: number): void;
}

/** One direction of a long wire: what goes in comes out later, in order and unchanged. */
export interface DelayLine {
  /** False where the line is full: push no more before `onRoom`. Nothing is lost either way. */
  push(bytes: Buffer, delayMs?: number): boolean;
  end(): void;
  /** Delivers what is due, and asks to be woken for the next. */
  arrive(): void;
  /** The receiver takes bytes again. */
  resume(): void;
  destroy(): void;
}

interface Travelling {
  /** Nothing: the end. */
  readonly bytes: Buffer | undefined;
  readonly dueMs: number;
}

export function createDelayLine(options: DelayLineOptions): DelayLine {
  const { delayMs: lineDelayMs, maxBytes } = options;
  const travelling: Travelling[] = [];
  let head = 0;
  let bytesOnWay = 0;
  let isFull = false;
  let isHeld = false;
  let isDestroyed = false;

  const add = (bytes: Buffer | undefined, delayMs: number) => {
    const dueMs = alarmClockMs() + delayMs;
    travelling.push({ bytes, dueMs });
    if (head === travelling.length - 1 && !isHeld) options.wake(dueMs);
  };

  const line: DelayLine = {
    push(bytes, delayMs = lineDelayMs) {
      if (isDestroyed) return true;
      bytesOnWay += bytes.length;
      if (bytesOnWay >= maxBytes) isFull = true;
      add(bytes, delayMs);
      return !isFull;
    },
    end() {
      if (!isDestroyed) add(undefined, lineDelayMs);
    },
    arrive() {
      for (let next = travelling[head]; next !== undefined && !isHeld; next = travelling[head]) {
        if (next.dueMs > alarmClockMs()) {
          options.wake(next.dueMs);
          break;
        }
        head += 1;
        if (next.bytes === undefined) options.onEnd();
        else {
          bytesOnWay -= next.bytes.length;
          isHeld = !options.deliver(next.bytes);
        }
      }
      if (head === travelling.length || head > 1024) {
        travelling.splice(0, head);
        head = 0;
      }
      if (isFull && bytesOnWay <= maxBytes / 2) {
        isFull = false;
        options.onRoom();
      }
    },
    resume() {
      isHeld = false;
      line.arrive();
    },
    destroy() {
      isDestroyed = true;
      travelling.length = 0;
      head = 0;
    },
  };
  return line;
}
