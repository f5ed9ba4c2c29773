/** The suite itself does not work on this machine: never the subject's fault. */
export class HarnessError extends Error {
  override name = 'HarnessError';
}
