/** The subject could not be started, or never answered. */
export class StartFailed extends Error {
  override name = 'StartFailed';
  readonly command: readonly string[];
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be executed at all, in words. */
  readonly systemError: string | undefined;
  /** The last lines of its stderr. */
  readonly stderr: readonly string[];

  constructor(
    message: string,
    facts: Pick<StartFailed, 'command' | 'exitCode' | 'signal' | 'stderr'> &
      Partial<Pick<StartFailed, 'systemError'>>,
  ) {
    super(message);
    this.command = facts.command;
    this.exitCode = facts.exitCode;
    this.signal = facts.signal;
    this.systemError = facts.systemError;
    this.stderr = facts.stderr;
  }
}
