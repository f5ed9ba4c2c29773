import { isUtf8 } from 'node:buffer';
import { type Node, parseDocument } from 'yaml';
import { createPointerTree, type Place, placesOf } from '../pointer-tree.ts';
import { skipUtf8Sequence } from '../utf8-sequence.ts';
import type { ReadDocument, UnreadableDocument } from './document.ts';
import { YamlFault, YamlReader } from './yaml-reader.ts';
import { yamlSyntaxProblem } from './yaml-syntax.ts';

/** Reads a file that is one YAML document, of what JSON can say too. */
export function readYaml(bytes: Buffer): ReadDocument | UnreadableDocument {
  if (!isUtf8(bytes)) {
    return { offset: firstByteOfNoUtf8(bytes), problem: 'these bytes are not UTF-8' };
  }
  const nul = bytes.indexOf(0);
  if (nul !== -1) return { offset: nul, problem: 'YAML has no NUL characters' };
  const text = bytes.toString();
  try {
    return readText(text);
  } catch (error) {
    if (error instanceof YamlFault) {
      return { offset: Buffer.byteLength(text.slice(0, error.index)), problem: error.message };
    }
    // The parser calls itself for what is inside of something.
    if (error instanceof RangeError) return { offset: 0, problem: 'nested too deeply' };
    throw error;
  }
}

function readText(text: string): ReadDocument {
  // Keys that stand twice are found by the reader: the parser compares each with each.
  const document = parseDocument(text, {
    schema: 'core',
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
  });
  const [error] = document.errors;
  if (error !== undefined) throw new YamlFault(error.pos[0], yamlSyntaxProblem(error));
  const root = document.contents as Node | null;
  if (root === null) throw new YamlFault(0, 'expected a YAML document: the input is empty');
  const reader = new YamlReader();
  const value = reader.read(root);
  return {
    value,
    placesOf: (pointers) => {
      const start = root.range?.[0] ?? 0;
      const top = { name: start, value: start, at: root };
      const places = placesOf(createPointerTree(pointers), top, (tree, at) =>
        reader.membersAt(tree, at),
      );
      return inBytes(text, places);
    },
  };
}

/** The parser counts UTF-16 units; offsets are made bytes in one pass over the text. */
function inBytes(text: string, places: ReadonlyMap<string, Place>): Map<string, Place> {
  const indexes = new Set([...places.values()].flatMap(({ name, value }) => [name, value]));
  const bytes = new Map<number, number>();
  let last = 0;
  let offset = 0;
  for (const index of [...indexes].sort((a, b) => a - b)) {
    offset += Buffer.byteLength(text.slice(last, index));
    last = index;
    bytes.set(index, offset);
  }
  const at = (index: number) => bytes.get(index) as number;
  return new Map(
    [...places].map(([pointer, { name, value }]) => [
      pointer,
      { name: at(name), value: at(value) },
    ]),
  );
}

function firstByteOfNoUtf8(bytes: Buffer): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let pos = 0; pos < bytes.length; ) {
    const next = view.getUint8(pos) < 0x80 ? pos + 1 : skipUtf8Sequence(view, pos, bytes.length);
    if (next < 0) return pos;
    pos = next;
  }
  return 0;
}
