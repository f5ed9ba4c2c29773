import { createEnvelopeScanner } from '../envelope-scanner.ts';
import { placesOfPointers } from '../json-pointer.ts';
import { type ScanFault, scanFaults } from '../scan-fault.ts';
import type { ReadDocument, UnreadableDocument } from './document.ts';

/** Where the scanner speaks of a line, and a document may have many. */
const documentWords: Partial<Readonly<Record<ScanFault, string>>> = {
  'byte-order-mark': 'a document starts with its JSON text, not with a byte order mark',
  'unexpected-end': 'the document ends before its JSON text does',
  'trailing-bytes': 'nothing but whitespace may follow the document',
};

/** Reads a file that is one JSON text. */
export function readJson(bytes: Buffer): ReadDocument | UnreadableDocument {
  const scanner = createEnvelopeScanner();
  const kind = scanner.scan(bytes, 0, bytes.length);
  if (kind === 'blank')
    return { offset: 0, problem: 'expected a JSON document: the input is empty' };
  const { fault, faultOffset, errorCode } = scanner;
  if (fault !== null && errorCode === -32700) {
    return { offset: faultOffset, problem: documentWords[fault] ?? scanFaults[fault].message };
  }
  return {
    value: JSON.parse(bytes.toString()),
    placesOf: (pointers) => placesOfPointers(bytes, pointers),
  };
}
