/** JSON pointers as the tree of their steps, so that one walk over a document finds all of them. */
export interface PointerTree {
  readonly pointer: string;
  /** By key or index, unescaped. */
  readonly children: Map<string, PointerTree>;
}

/** Offsets of a value and of the name before it; both the same where there is no name. */
export interface Place {
  readonly name: number;
  readonly value: number;
}

/** A tree of pointers, with those on the way to them. */
export function createPointerTree(pointers: Iterable<string>): PointerTree {
  const root: PointerTree = { pointer: '', children: new Map() };
  for (const pointer of pointers) {
    let tree = root;
    for (const step of pointer.split('/').slice(1)) {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
      const known = tree.children.get(key);
      const child = known ?? { pointer: `${tree.pointer}/${step}`, children: new Map() };
      if (known === undefined) tree.children.set(key, child);
      tree = child;
    }
  }
  return root;
}

/**
 * The places of all pointers of a tree in a document, whose members `membersAt` finds. A pointer that
 * leads nowhere has the place of the last value on its way.
 */
export function placesOf<Node>(
  tree: PointerTree,
  root: Place & { readonly at: Node },
  membersAt: (tree: PointerTree, at: Node) => ReadonlyMap<string, Place & { readonly at: Node }>,
): Map<string, Place> {
  const places = new Map<string, Place>();
  const lose = (lost: PointerTree, { value }: Place): void => {
    places.set(lost.pointer, { name: value, value });
    for (const child of lost.children.values()) lose(child, { name: value, value });
  };
  const locate = (found: PointerTree, place: Place & { readonly at: Node }): void => {
    places.set(found.pointer, { name: place.name, value: place.value });
    if (found.children.size === 0) return;
    const members = membersAt(found, place.at);
    for (const [key, child] of found.children) {
      const member = members.get(key);
      if (member === undefined) lose(child, place);
      else locate(child, member);
    }
  };
  locate(tree, root);
  return places;
}
