import { exitCodes } from '../../command.ts';
import type { Definition, Definitions } from '../../schemas/definition.ts';
import { FrameValidator } from './frame-validator.ts';
import { inputChunks } from './input-chunks.ts';
import { inputError, TooLong } from './input-error.ts';
import { ProblemWriter } from './problem-writer.ts';
import { createProgress } from './progress.ts';
import { type Summary, summaryText } from './summary.ts';

export type InputFormat = 'ndjson' | 'json' | 'yaml';

export interface ValidateOptions {
  readonly definitions: Definitions;
  readonly definition: Definition;
  /** Undefined: by the definition and the file's name. */
  readonly format: InputFormat | undefined;
  readonly maxFrameBytes: number;
  readonly maxProblems: number;
  readonly sessionIdField: string;
  readonly isJson: boolean;
}

/** A document is read whole, so that its length is bounded; lines are not. */
const maxDocumentBytes = 64 * 1024 * 1024;
/** After so much of one line, nobody waits for its end any more. */
const maxOpenLineBytes = 1024 * 1024 * 1024;

interface Run extends ValidateOptions {
  readonly signal: AbortSignal;
  readonly writer: ProblemWriter;
  readonly summary: Summary;
}

/** Checks the inputs one after another; resolves with the exit code. */
export async function validateFiles(
  files: readonly string[],
  options: ValidateOptions,
): Promise<number> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const run: Run = {
    ...options,
    signal: interruption.signal,
    writer: new ProblemWriter(options),
    summary: { files: 0, frames: 0, invalidFrames: 0, documents: 0, problems: 0, unreadable: 0 },
  };
  for (const file of files) {
    if (!run.signal.aborted) await validateFile(file, run);
  }
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  process.stdout.write(summaryText(run.summary, { ...options, isComplete: !run.signal.aborted }));
  if (run.signal.aborted) return exitCodes.interrupted;
  if (run.summary.unreadable > 0) return exitCodes.noInput;
  return run.summary.problems === 0 ? exitCodes.ok : exitCodes.invalid;
}

async function validateFile(file: string, run: Run): Promise<void> {
  const format = run.format ?? formatOf(file, run.definition);
  try {
    if (format === 'ndjson') await validateLines(file, run);
    else await validateDocument(file, format, run);
    run.summary.files++;
  } catch (error) {
    await run.writer.flush();
    if (run.signal.aborted) return;
    process.stderr.write(`stdio-bus-kit: ${inputError(file, error)}\n`);
    if (error instanceof TooLong) run.writer.count++;
    else run.summary.unreadable++;
  } finally {
    run.summary.problems = run.writer.count;
  }
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

async function validateLines(file: string, run: Run): Promise<void> {
  const validator = new FrameValidator({
    ...run,
    file,
    isFrame: isFrame(run.definition),
    onProblem: (problem) => run.writer.add(problem),
  });
  const progress = createProgress(file, () => ({
    frames: validator.frames,
    problems: run.writer.count,
  }));
  try {
    for await (const chunk of inputChunks(file, run.signal)) {
      validator.write(chunk);
      progress.add(chunk.length);
      await run.writer.flush();
      if (validator.openLineBytes > maxOpenLineBytes) throw new TooLong('a line', maxOpenLineBytes);
    }
    validator.end();
    await run.writer.flush();
  } finally {
    progress.end();
    run.summary.frames += validator.frames;
    run.summary.invalidFrames += validator.invalidFrames;
  }
}

async function validateDocument(
  file: string,
  format: Exclude<InputFormat, 'ndjson'>,
  run: Run,
): Promise<void> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of inputChunks(file, run.signal)) {
    length += chunk.length;
    if (length > maxDocumentBytes) throw new TooLong('a document', maxDocumentBytes);
    chunks.push(chunk);
  }
  // Loaded here, since it brings a YAML parser that lines do not need.
  const { documentProblems } = await import('./document-validator.ts');
  for (const problem of documentProblems(Buffer.concat(chunks), { ...run, file, format })) {
    run.writer.add(problem);
  }
  run.summary.documents++;
  await run.writer.flush();
}
