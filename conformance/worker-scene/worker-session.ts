/** A session of the suite with the worker. */
export interface WorkerSession {
  /** The top-level `sessionId` of its frames. */
  readonly id: string;
  /** The worker's own name for it, where the manifest says how it is told (`session`). */
  readonly threadId?: string;
}
