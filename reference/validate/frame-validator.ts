import type { Definition, Definitions } from '../../schemas/definition.ts';
import { listProblems, type Problem } from '../../schemas/problem.ts';
import { createEnvelopeScanner, type EnvelopeScanner } from '../envelope-scanner.ts';
import { createFrameDecoder, type FrameDecoder } from '../frame-decoder.ts';
import { placesOfPointers } from '../json-pointer.ts';
import { type ScanFault, scanFaults } from '../scan-fault.ts';
import { type PlacelessProblem, placeless } from './input-problem.ts';
import type { ProblemReport } from './problem-report.ts';
import { createSessionMember, type SessionMember } from './session-member.ts';

const lineFeed = 0x0a;
/** The generated validators are quicker, but keep an error for each thing that is wrong. */
const maxQuickBytes = 1024 * 1024;

/** Faults of one member: what else is wrong with the frame can still be told. */
const memberFaults: ReadonlySet<ScanFault> = new Set([
  'member-twice',
  'bad-id',
  'bad-method',
  'bad-session-id',
  'empty-session-id',
  'long-session-id',
  'bad-pool',
  'empty-pool',
]);

interface PlacedProblem {
  readonly offset: number;
  readonly problem: PlacelessProblem;
}

export interface FrameValidatorOptions {
  readonly file: string;
  readonly definitions: Definitions;
  readonly definition: Definition;
  /** Whether each line has to be a frame that a bus can route, besides keeping the definition. */
  readonly isFrame: boolean;
  readonly maxFrameBytes: number;
  readonly sessionIdField: string;
  readonly report: ProblemReport;
}

/**
 * Checks a stream of lines: as bytes first, as a bus would, then each frame against a definition.
 * Holds one line at most, whatever the length of the input.
 */
export class FrameValidator {
  frames = 0;
  invalidFrames = 0;
  readonly #options: FrameValidatorOptions;
  readonly #decoder: FrameDecoder;
  readonly #scanner: EnvelopeScanner;
  readonly #sessionMember: SessionMember;
  /** Offset in the input of the current line's first byte. */
  #lineStart = 0;
  #offset = 0;

  constructor(options: FrameValidatorOptions) {
    this.#options = options;
    const { sessionIdField, isFrame, maxFrameBytes } = options;
    this.#scanner = createEnvelopeScanner({ sessionIdField });
    this.#sessionMember = createSessionMember(isFrame ? sessionIdField : 'sessionId');
    this.#decoder = createFrameDecoder(
      { maxFrameBytes },
      {
        onLine: (bytes, start, end) => this.#line(bytes.subarray(start, end)),
        onOverlong: () =>
          this.#invalid(`a line of at most ${maxFrameBytes} bytes`, 'a longer one', 'FRM-6'),
        onUnterminated: () =>
          this.#invalid('an LF at the end of the line', 'the end of the input', 'FRM-1'),
      },
    );
  }

  /** Bytes of the line that has not ended yet, held or not. */
  get openLineBytes(): number {
    return this.#offset - this.#lineStart;
  }

  /** Takes the next bytes; problems are reported before it returns. */
  write(chunk: Buffer): void {
    for (let start = 0; start < chunk.length; ) {
      const newline = chunk.indexOf(lineFeed, start);
      const end = newline === -1 ? chunk.length : newline + 1;
      this.#decoder.write(chunk.subarray(start, end));
      this.#offset += end - start;
      if (newline !== -1) this.#lineStart = this.#offset;
      start = end;
    }
  }

  /** Ends the input. */
  end(): void {
    this.#decoder.end();
  }

  /** Reports something about the line that has not ended. */
  reportOpenLine(problem: string): void {
    this.#report(0, { pointer: '', problem });
  }

  #line(bytes: Buffer): void {
    const kind = this.#scanner.scan(bytes, 0, bytes.length);
    if (kind === 'blank') return;
    this.frames++;
    const { fault, faultOffset, errorCode } = this.#scanner;
    const isRefused = fault !== null && (this.#options.isFrame || errorCode === -32700);
    const refusals = isRefused ? [this.#refusal(fault, faultOffset)] : [];
    const hasValue = !isRefused || memberFaults.has(fault);
    const { placed, hidden } = hasValue ? this.#valueProblems(bytes) : { placed: [], hidden: 0 };
    // What a bus says about a member comes before what a schema says.
    const others = placed.filter(({ offset }) => !isRefused || offset !== faultOffset);
    const all = [...refusals, ...others].sort((a, b) => a.offset - b.offset);
    for (const { offset, problem } of all) this.#report(offset, problem);
    this.#options.report.addCount(hidden);
    if (all.length + hidden > 0) this.invalidFrames++;
  }

  #refusal(fault: ScanFault, offset: number): PlacedProblem {
    const { message, requirement } = scanFaults[fault];
    const isFirst = this.frames === 1 && fault === 'unexpected-end';
    const hint = isFirst ? ' (one document over several lines? then --format json)' : '';
    return { offset, problem: { pointer: '', problem: `${message}${hint}`, requirement } };
  }

  /** Checks what is in a line: the first problems, and how many more there are. */
  #valueProblems(bytes: Buffer): { placed: PlacedProblem[]; hidden: number } {
    const { definitions, definition, report } = this.#options;
    const value = this.#sessionMember.renamed(JSON.parse(bytes.toString()));
    if (bytes.length <= maxQuickBytes && definition.validate(value)) {
      return { placed: [], hidden: 0 };
    }
    const { problems, count } = listProblems(definitions, definition, value, report.wanted);
    return { placed: this.#placed(bytes, problems), hidden: count - problems.length };
  }

  #placed(bytes: Buffer, problems: readonly Problem[]): PlacedProblem[] {
    const own = problems.map((problem) => this.#sessionMember.inLine(problem));
    const places = placesOfPointers(
      bytes,
      own.map(({ pointer }) => pointer),
    );
    return own.map((problem) => ({
      problem: placeless(problem),
      offset: places.get(problem.pointer)?.[problem.isAboutName ? 'name' : 'value'] ?? 0,
    }));
  }

  #invalid(expected: string, found: string, requirement: string): void {
    this.frames++;
    this.invalidFrames++;
    const problem = `expected ${expected}, found ${found}`;
    this.#report(0, { pointer: '', problem, expected, found, requirement });
  }

  #report(offset: number, problem: PlacelessProblem): void {
    this.#options.report.add({
      file: this.#options.file,
      line: this.#decoder.lineNumber,
      column: offset + 1,
      byte: this.#lineStart + offset,
      ...problem,
    });
  }
}
