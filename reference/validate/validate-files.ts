import { exitCodes } from '../../command.ts';
import type { Definition } from '../../schemas/definition.ts';
import { Checker, type Progress } from './checker.ts';
import type { DocumentFormat } from './document.ts';
import { inputChunks } from './input-chunks.ts';
import { inputError } from './input-error.ts';
import { writeLastOutput, writeOutput } from './output.ts';
import { createProgressLine, type ProgressLine } from './progress-line.ts';
import { type Summary, summaryText } from './summary.ts';

export type InputFormat = DocumentFormat | 'ndjson';

export interface ValidateOptions {
  readonly definition: Definition;
  /** Undefined: by the definition and the file's name. */
  readonly format: InputFormat | undefined;
  readonly maxFrameBytes: number;
  readonly maxProblems: number;
  readonly sessionIdField: string;
  readonly isJson: boolean;
}

interface Run extends ValidateOptions {
  readonly signal: AbortSignal;
  readonly checker: Checker;
  readonly summary: Summary;
}

/** Checks the inputs one after another; resolves with the exit code. */
export async function validateFiles(
  files: readonly string[],
  options: ValidateOptions,
): Promise<number> {
  const interruption = new AbortController();
  const { signal } = interruption;
  const interrupt = () => interruption.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const { definition, format: _, ...settings } = options;
  const checker = new Checker(
    { ...settings, definition: definition.name, isFrame: isFrame(definition) },
    signal,
  );
  const summary = emptySummary();
  for (const file of files) {
    if (!signal.aborted) await validateFile(file, { ...options, signal, checker, summary });
  }
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  const text = summaryText(summary, { ...options, isComplete: !signal.aborted });
  if (signal.aborted) {
    // A reader that has stopped reading keeps nobody who wants to leave.
    if (!(await writeLastOutput(text, 300))) process.exit(exitCodes.interrupted);
    await checker.close();
    return exitCodes.interrupted;
  }
  process.stdout.write(text);
  await checker.close();
  if (summary.unreadable > 0) return exitCodes.noInput;
  return summary.problems === 0 ? exitCodes.ok : exitCodes.invalid;
}

function emptySummary(): Summary {
  return {
    files: 0,
    frames: 0,
    invalidFrames: 0,
    documents: 0,
    problems: 0,
    written: 0,
    unreadable: 0,
  };
}

async function validateFile(file: string, run: Run): Promise<void> {
  const { signal, summary } = run;
  const before = { ...summary };
  const line = createProgressLine(file);
  const tell = async (progress: Progress) => {
    const { problems, written, documents } = progress;
    Object.assign(summary, { problems, written, documents: before.documents + documents });
    summary.frames = before.frames + progress.frames;
    summary.invalidFrames = before.invalidFrames + progress.invalidFrames;
    line.show(progress);
    // The command's end sets it too, unless the reader of stdout goes away before.
    if (problems > 0) process.exitCode = exitCodes.invalid;
    await writeOutput(progress.text, signal);
  };
  try {
    await checkInput(file, run, { line, tell });
    summary.files++;
  } catch (error) {
    if (signal.aborted) return;
    line.end();
    process.stderr.write(`stdio-bus-kit: ${inputError(file, error)}\n`);
    summary.unreadable++;
  } finally {
    line.end();
  }
}

async function checkInput(
  file: string,
  { checker, definition, format = formatOf(file, definition), signal }: Run,
  { line, tell }: { line: ProgressLine; tell: (progress: Progress) => Promise<void> },
): Promise<void> {
  const chunks = inputChunks(file, signal);
  await tell(await checker.open(file, format));
  for await (const chunk of chunks) {
    line.add(chunk.length);
    const progress = await checker.write(chunk);
    await tell(progress);
    if (progress.hasEnough) return;
  }
  await tell(await checker.end());
}

/** What is sent in frames is NDJSON, a recorded history too; other definitions are documents. */
function formatOf(file: string, definition: Definition): InputFormat {
  if (isFrame(definition) || definition.file.name === 'history') return 'ndjson';
  if (/\.(ndjson|jsonl)$/i.test(file)) return 'ndjson';
  return /\.ya?ml$/i.test(file) ? 'yaml' : 'json';
}

function isFrame({ file, name }: Definition): boolean {
  if (['frame', 'hop', 'codex'].includes(file.name)) {
    return !/#(JsonRpcVersion|ErrorObject|Params|.*(Id|Name|Params|Members))$/.test(name);
  }
  return (
    ['bus-methods', 'process'].includes(file.name) &&
    /(?<!Extension)(Request|Response|Notification)$/.test(name)
  );
}
