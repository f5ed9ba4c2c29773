/** A connection that carries frames, whatever is below it. */
export interface Wire {
  /** A frame in JSON as the bytes that go out. */
  encode(json: string): Buffer;
  write(bytes: Buffer): void;
  close(): void;
}

export interface WireEvents {
  /** Bytes have come; `decode` makes frames in JSON of them. */
  onArrival(decode: () => readonly string[]): void;
  /** Once, with the reason in words; also where it was closed from here. */
  onClose(reason: string): void;
}

/** How a connection is made and who asks. */
export interface WireOptions {
  /** Is a delay link that announces when its connect would have been answered. */
  readonly isLink: boolean;
  readonly ca?: string | undefined;
  readonly token?: string | undefined;
  /** Of the certificate. */
  readonly serverName?: string | undefined;
}

/** It could not be opened; the message says why, on one line. */
export class WireError extends Error {
  override name = 'WireError';
}
