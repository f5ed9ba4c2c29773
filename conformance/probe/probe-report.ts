/** An open descriptor of a probe worker, and what the system says that it is. */
export interface OpenDescriptor {
  readonly fd: number;
  /** `pipe:[123]`, `socket:[124]`, a path. */
  readonly link: string;
}

/** What a probe worker tells the suite, one JSON object a line on its control socket. */
export type ProbeReport =
  | {
      readonly tell: 'hello';
      readonly atNs: string;
      readonly pool: string;
      readonly pid: number;
      readonly cwd: string;
      readonly argv: readonly string[];
      /** Variables whose name begins with PROBE_. */
      readonly env: Readonly<Record<string, string>>;
      /** As they were before the worker opened anything; empty where the system does not show them. */
      readonly descriptors: readonly OpenDescriptor[];
    }
  /** Bytes it has read, or is about to write. */
  | { readonly tell: 'received' | 'sent'; readonly atNs: string; readonly base64: string }
  | { readonly tell: 'signal'; readonly atNs: string; readonly signal: NodeJS.Signals }
  | { readonly tell: 'stdin-end'; readonly atNs: string }
  | { readonly tell: 'exit'; readonly atNs: string; readonly code: number }
  /** A command was carried out. */
  | {
      readonly tell: 'done';
      readonly number: number;
      /** Bytes that the system has not taken from it yet. */
      readonly unwrittenBytes: number;
      readonly pid?: number;
    };

/** What the suite tells a probe worker. Carried out in order. */
export type ProbeOrder =
  /** Nothing: when it is done, all earlier reports have come. */
  | { readonly order: 'sync' }
  /** Holds the request with this id, as it is spelled, no longer. */
  | { readonly order: 'forget'; readonly idJson: string }
  | { readonly order: 'write'; readonly base64: string; readonly times?: number }
  /** Writes the bytes many times, waits each time until the system takes them, and reports none of them. */
  | {
      readonly order: 'flood';
      readonly stream: 'stdout' | 'stderr';
      readonly base64: string;
      readonly times: number;
    }
  | { readonly order: 'pause' | 'resume' | 'close-stdout' | 'close-stdin' | 'finish' }
  /** Ends at once; with `isFlushed`, only when the system has taken all its bytes. */
  | { readonly order: 'exit'; readonly code: number; readonly isFlushed: boolean }
  /** Starts a process that holds the worker's pipes; detached: in a group of its own. */
  | { readonly order: 'spawn'; readonly isDetached: boolean };

export type NumberedOrder = ProbeOrder & { readonly number: number };
