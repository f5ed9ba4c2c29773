/** The messages of stdio_bus.proto, as they are read and written here. */

export interface Frame {
  readonly frame: Buffer;
  readonly more?: boolean;
}

export interface CallRequest {
  readonly frame?: Buffer;
  readonly sessionId?: string;
  readonly pool?: string;
  readonly method?: string;
  readonly params?: Buffer;
}

export interface CallResponse {
  readonly frame?: Buffer;
  readonly result?: Buffer;
}

export interface WatchRequest {
  readonly sessionId?: string;
}

/** What every request of the process profile has. */
export interface ProcessRequest {
  readonly sessionId?: string;
  readonly pool?: string;
  readonly processId: string;
}

export interface StartRequest extends ProcessRequest {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly tty?: boolean;
  readonly pipeStdin?: boolean;
  readonly arg0?: string;
}

export interface ReadRequest extends ProcessRequest {
  readonly afterSeq?: number;
  readonly maxBytes?: number;
  readonly waitMs?: number;
}

export interface OutputChunk {
  readonly seq: number;
  readonly stream: string;
  readonly chunk: Buffer;
}

export interface ReadResponse {
  readonly chunks: readonly OutputChunk[];
  readonly nextSeq: number;
  readonly exited: boolean;
  readonly exitCode?: number;
  readonly closed: boolean;
  readonly failure?: string;
  readonly sandboxDenied?: boolean;
}

export interface WriteRequest extends ProcessRequest {
  readonly chunk: Buffer;
  readonly writeId?: string;
}

export interface SignalRequest extends ProcessRequest {
  readonly signal: string;
}

export interface EventsRequest extends ProcessRequest {
  readonly afterSeq?: number;
}

/** An event of a process; one of the three members is there. */
export interface ProcessEvent {
  readonly processId: string;
  readonly seq: number;
  readonly output?: { readonly stream: string; readonly chunk: Buffer } | undefined;
  readonly exited?: { readonly exitCode: number; readonly sandboxDenied?: boolean } | undefined;
  readonly closed?: Record<string, never> | undefined;
}
