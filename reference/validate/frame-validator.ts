import type { Definition, Definitions } from '../../schemas/definition.ts';
import { findProblems } from '../../schemas/problem.ts';
import { createEnvelopeScanner, type EnvelopeScanner } from '../envelope-scanner.ts';
import { createFrameDecoder, type FrameDecoder } from '../frame-decoder.ts';
import { offsetOfPointer } from '../json-pointer.ts';
import { scanFaults } from '../scan-fault.ts';
import type { InputProblem } from './input-problem.ts';

const lineFeed = 0x0a;

export interface FrameValidatorOptions {
  readonly file: string;
  readonly definitions: Definitions;
  readonly definition: Definition;
  /** Whether each line has to be a frame that a bus can route, besides keeping the definition. */
  readonly isFrame: boolean;
  readonly maxFrameBytes: number;
  readonly sessionIdField: string;
  readonly onProblem: (problem: InputProblem) => void;
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
  /** Offset in the input of the current line's first byte. */
  #lineStart = 0;
  #offset = 0;

  constructor(options: FrameValidatorOptions) {
    this.#options = options;
    this.#scanner = createEnvelopeScanner({ sessionIdField: options.sessionIdField });
    this.#decoder = createFrameDecoder(
      { maxFrameBytes: options.maxFrameBytes },
      {
        onLine: (bytes, start, end) => this.#line(bytes.subarray(start, end)),
        onOverlong: () =>
          this.#invalid(0, {
            expected: `a line of at most ${options.maxFrameBytes} bytes`,
            found: 'a longer one',
            requirement: 'FRM-6',
          }),
        onUnterminated: () =>
          this.#invalid(0, {
            expected: 'an LF at the end of the line',
            found: 'the end of the input',
            requirement: 'FRM-1',
          }),
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

  #line(bytes: Buffer): void {
    const kind = this.#scanner.scan(bytes, 0, bytes.length);
    const { fault, faultOffset, errorCode } = this.#scanner;
    if (kind === 'blank') {
      // Nothing to check.
    } else if (fault !== null && (this.#options.isFrame || errorCode === -32700)) {
      const { message, requirement } = scanFaults[fault];
      const isFirst = this.frames === 0 && fault === 'unexpected-end';
      const hint = isFirst ? ' (one document over several lines? then --format json)' : '';
      this.#invalid(faultOffset, { expected: `${message}${hint}`, requirement });
    } else this.#value(bytes);
  }

  #value(bytes: Buffer): void {
    const { definitions, definition } = this.#options;
    const problems = findProblems(definitions, definition, JSON.parse(bytes.toString()));
    this.frames++;
    if (problems.length > 0) this.invalidFrames++;
    for (const problem of problems) {
      this.#report(offsetOfPointer(bytes, problem.pointer), problem);
    }
  }

  #invalid(
    offset: number,
    problem: Pick<InputProblem, 'expected' | 'found' | 'requirement'>,
  ): void {
    this.frames++;
    this.invalidFrames++;
    this.#report(offset, { pointer: '', ...problem });
  }

  #report(offset: number, problem: Omit<InputProblem, 'file' | 'line' | 'column' | 'byte'>): void {
    this.#options.onProblem({
      file: this.#options.file,
      line: this.#decoder.lineNumber,
      column: offset + 1,
      byte: this.#lineStart + offset,
      ...problem,
    });
  }
}
