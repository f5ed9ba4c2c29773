/** A command that has ended, as a sandbox probe sees it. */
export interface EndedCommand {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** 128 + n where signal n ended it; -1 where it is unknown. */
  readonly exitCode: number;
  /** The end of what it wrote on stderr, 64 KiB at most. */
  readonly stderr: Buffer;
}

/**
 * Says whether a sandbox denied a command something: whoever starts the worker knows which sandbox
 * there is, and how it shows. Where it throws, or takes longer than 5 s, nothing was denied.
 */
export type SandboxProbe = (ended: EndedCommand) => boolean | Promise<boolean>;

export interface DenialSigns {
  /** Exit codes by which a sandbox says that it denied something. */
  readonly exitCodes?: readonly number[];
  /** Texts on stderr by which one shows in a command that failed, whatever their case. */
  readonly stderrTexts?: readonly string[];
}

/** A probe that goes by the exit code, and by what a command that failed has said. */
export function createSandboxProbe({
  exitCodes = [],
  stderrTexts = [],
}: DenialSigns): SandboxProbe {
  const texts = stderrTexts.map((text) => text.toLowerCase());
  return ({ exitCode, stderr }) => {
    if (exitCodes.includes(exitCode)) return true;
    if (exitCode === 0 || texts.length === 0) return false;
    const said = stderr.toString().toLowerCase();
    return texts.some((text) => said.includes(text));
  };
}
