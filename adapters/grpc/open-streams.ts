import type { Failure } from '../core/failure.ts';
import { grpcError } from './grpc-failure.ts';

interface EndableCall {
  emit(event: 'error', error: unknown): boolean;
}

/** The server streams that end only when somebody ends them. */
export interface OpenStreams {
  add(call: EndableCall): void;
  delete(call: EndableCall): void;
  /** Ends all of them with this failure, after what was written. */
  end(failure: Failure): void;
}

export function createOpenStreams(): OpenStreams {
  const calls = new Set<EndableCall>();
  return {
    add: (call) => void calls.add(call),
    delete: (call) => void calls.delete(call),
    end(failure) {
      for (const call of calls) call.emit('error', grpcError(failure));
      calls.clear();
    },
  };
}
