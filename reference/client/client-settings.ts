import type { Clock } from '../bus/clock.ts';
import type { Log } from '../bus/log.ts';
import type { ConnectorOptions } from './connector.ts';
import type { FrameLimits } from './frame-line.ts';
import type { SenderOptions } from './sender.ts';
import type { WorkerRequestHandler } from './worker-questions.ts';

/** Whether a client has a connection; `closed` is the end. */
export type ClientState = 'connecting' | 'connected' | 'closed';

export interface ClientSettings
  extends FrameLimits,
    SenderOptions,
    Pick<ConnectorOptions, 'dial' | 'reconnect'> {
  /** The longest line that is read. */
  readonly maxReceivedBytes: number;
  /** For requests that name no other; 0: none. */
  readonly timeoutMs: number;
  readonly onRequest: WorkerRequestHandler | undefined;
  readonly onState: (state: ClientState, cause: unknown) => void;
  readonly log: Log;
  readonly clock: Clock;
}
