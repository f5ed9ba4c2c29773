import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type { Place, PointerTree } from '../pointer-tree.ts';

/** Something that a YAML document says and that is refused, at an index of its text. */
export class YamlFault extends Error {
  override name = 'YamlFault';
  readonly index: number;

  constructor(index: number, problem: string) {
    super(problem);
    this.index = index;
  }
}

const deepest = 500;
/** Values that aliases may stand for, each counted wherever it stands. */
const mostAliased = 100_000;
/** The tags of what JSON can say, as the parser spells them out. */
const coreTag = 'tag:yaml.org,2002:';
const knownTags = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `${coreTag}${name}`),
);

interface Anchor {
  readonly node: Node;
  /** Set once all that the anchor names has been read. */
  read?: { readonly value: unknown; readonly size: number };
}

type Members = Map<string, Place & { readonly at: Node }>;

/** Makes values of the nodes of a YAML document, and finds nodes again by key or index. */
export class YamlReader {
  readonly #anchors = new Map<string, Anchor>();
  readonly #resolved = new Map<Node, Anchor>();
  #size = 0;
  #aliased = 0;

  /** The value of a node. Throws YamlFault. */
  read(node: Node, depth = 0): unknown {
    if (depth > deepest) throw new YamlFault(indexOf(node), 'nested too deeply');
    if (isAlias(node)) return this.#anchorOf(node).read?.value;
    const { tag, anchor: name } = node as { tag?: string; anchor?: string };
    if (tag !== undefined && tag !== '!' && !knownTags.has(tag)) {
      throw new YamlFault(indexOf(node), `${tag.replace(coreTag, '!!')} is none of JSON's types`);
    }
    const before = this.#size++;
    const anchor: Anchor = { node };
    if (name !== undefined) this.#anchors.set(name, anchor);
    const value = this.#content(node, depth);
    anchor.read = { value, size: this.#size - before };
    return value;
  }

  /** The wanted members or elements of a mapping or sequence, an alias followed. */
  membersAt({ children }: PointerTree, node: Node): Members {
    const target = this.#resolved.get(node)?.node ?? node;
    const found: Members = new Map();
    if (isMap(target)) {
      for (const pair of target.items as Pair<Node | null, Node | null>[]) {
        const key = this.#keyText(pair.key);
        if (!children.has(key)) continue;
        const name = pair.key === null ? indexOf(target) : indexOf(pair.key);
        const at = pair.value ?? pair.key ?? target;
        found.set(key, { name, value: pair.value === null ? name : indexOf(at), at });
      }
    } else if (isSeq(target)) {
      for (const key of children.keys()) {
        const at = target.items[Number(key)] as Node | undefined;
        if (at) found.set(key, { name: indexOf(at), value: indexOf(at), at });
      }
    }
    return found;
  }

  #content(node: Node, depth: number): unknown {
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item) => this.#readOrNull(item as Node | null, depth));
    if (!isMap(node)) throw new YamlFault(indexOf(node), 'neither a scalar nor a collection');
    const members = new Map<string, unknown>();
    for (const pair of node.items as Pair<Node | null, Node | null>[]) {
      if (pair.key !== null) this.#readKey(pair.key, depth);
      const key = this.#keyText(pair.key);
      if (members.has(key)) {
        throw new YamlFault(indexOf(pair.key ?? node), 'this key stands twice in its mapping');
      }
      members.set(key, this.#readOrNull(pair.value, depth));
    }
    // Unlike an assignment, this makes a member of `__proto__` too.
    return Object.fromEntries(members);
  }

  #readOrNull(node: Node | null, depth: number): unknown {
    return node === null ? null : this.read(node, depth + 1);
  }

  #readKey(key: Node, depth: number): void {
    const target = isAlias(key) ? this.#anchorOf(key).node : key;
    if (!isScalar(target)) {
      throw new YamlFault(indexOf(key), 'a key is a scalar, not a collection');
    }
    if (target === key) this.read(key, depth + 1);
  }

  /** A key as the name of a member: numbers and the like as they are spelled. */
  #keyText(key: Node | null): string {
    const target = key === null ? null : (this.#resolved.get(key)?.node ?? key);
    if (!isScalar(target)) return '';
    return typeof target.value === 'string' ? target.value : (target.source ?? '');
  }

  /** What an alias stands for: the last thing of this name before it. */
  #anchorOf(alias: Node & { readonly source: string }): Anchor {
    const anchor = this.#anchors.get(alias.source);
    if (anchor === undefined) {
      throw new YamlFault(indexOf(alias), `there is no anchor &${alias.source} before this alias`);
    }
    if (anchor.read === undefined) {
      throw new YamlFault(indexOf(alias), `the alias *${alias.source} stands inside of itself`);
    }
    this.#resolved.set(alias, anchor);
    this.#size += anchor.read.size;
    this.#aliased += anchor.read.size;
    if (this.#aliased > mostAliased) {
      throw new YamlFault(indexOf(alias), `the aliases stand for more than ${mostAliased} values`);
    }
    return anchor;
  }
}

function indexOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
