/**
 * The error codes of a worker: JSON-RPC's own, and of the range that it leaves to servers those that
 * spec/errors.md names. -32050 to -32059 are the bus's, and no worker uses them.
 */
export const workerCodes = {
  /** A line that is not JSON. */
  parseError: -32_700,
  /** JSON that is no frame, or a frame at the wrong moment of the handshake. */
  invalidRequest: -32_600,
  methodNotFound: -32_601,
  invalidParams: -32_602,
  /** The handler failed, in a way that is nobody else's business. */
  internalError: -32_603,
  /** Not begun, for too much is pending or the worker is ending: it may be sent again. */
  overloaded: -32_001,
  /** The server or the worker ended before this was done. */
  ended: -32_000,
  /** Given up, since nobody waits for it any more. */
  cancelled: -32_800,
} as const;
