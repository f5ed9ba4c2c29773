import type { Definition, Definitions } from '../../schemas/definition.ts';
import type { DocumentFormat } from './document.ts';
import { FrameValidator } from './frame-validator.ts';
import type { ProblemReport } from './problem-report.ts';

/** The check of one input, whose bytes come in pieces of any length. */
export interface InputCheck {
  /** Whether no more has to be read: nothing of use would follow. */
  readonly hasEnough: boolean;
  readonly frames: number;
  readonly invalidFrames: number;
  readonly documents: number;
  write(chunk: Buffer): void;
  end(): Promise<void>;
}

export interface InputCheckOptions {
  readonly file: string;
  readonly format: DocumentFormat | 'ndjson';
  readonly definitions: Definitions;
  readonly definition: Definition;
  readonly isFrame: boolean;
  readonly maxFrameBytes: number;
  readonly sessionIdField: string;
  readonly report: ProblemReport;
}

const mebibyte = 1024 * 1024;
/** A document is read whole, so that its length is bounded; the YAML parser takes 500 times that. */
const maxDocumentBytes = { json: 64 * mebibyte, yaml: 4 * mebibyte };
/** After so much of one line, nobody waits for its end any more. */
const maxOpenLineBytes = 1024 * mebibyte;

export function createInputCheck(options: InputCheckOptions): InputCheck {
  return options.format === 'ndjson'
    ? new LinesCheck(options)
    : new DocumentCheck(options, options.format);
}

function tooLong(what: string, maxBytes: number): string {
  return `${what} of more than ${maxBytes / mebibyte} MiB; stopped reading`;
}

class LinesCheck implements InputCheck {
  hasEnough = false;
  readonly documents = 0;
  readonly #validator: FrameValidator;

  constructor(options: InputCheckOptions) {
    this.#validator = new FrameValidator(options);
  }

  get frames(): number {
    return this.#validator.frames;
  }

  get invalidFrames(): number {
    return this.#validator.invalidFrames;
  }

  write(chunk: Buffer): void {
    this.#validator.write(chunk);
    if (this.#validator.openLineBytes <= maxOpenLineBytes) return;
    this.#validator.reportOpenLine(tooLong('a line', maxOpenLineBytes));
    this.hasEnough = true;
  }

  async end(): Promise<void> {
    this.#validator.end();
  }
}

class DocumentCheck implements InputCheck {
  hasEnough = false;
  readonly frames = 0;
  readonly invalidFrames = 0;
  documents = 0;
  readonly #options: InputCheckOptions;
  readonly #format: DocumentFormat;
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(options: InputCheckOptions, format: DocumentFormat) {
    this.#options = options;
    this.#format = format;
  }

  write(chunk: Buffer): void {
    this.#length += chunk.length;
    this.#chunks.push(chunk);
    const maxBytes = maxDocumentBytes[this.#format];
    if (this.#length <= maxBytes) return;
    const { file, report } = this.#options;
    const noun = this.#format === 'yaml' ? 'a YAML document' : 'a document';
    const problem = tooLong(noun, maxBytes);
    report.add({ file, line: 1, column: 1, byte: 0, pointer: '', problem });
    this.#chunks = [];
    this.hasEnough = true;
  }

  async end(): Promise<void> {
    // Loaded here, since it brings a YAML parser that lines do not need.
    const { checkDocument } = await import('./document-check.ts');
    const bytes = Buffer.concat(this.#chunks);
    checkDocument(bytes, { ...this.#options, format: this.#format }, this.#options.report);
    this.documents = 1;
  }
}
