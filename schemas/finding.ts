/** What is wrong, without its place. */
export type Finding = { readonly isAboutName?: boolean } & (
  | { readonly problem: string }
  | { readonly expected: string; readonly found: string }
);

/** Where something is wrong, as long as it is being told: the path changes afterwards. */
export interface FindingPlace {
  readonly path: readonly (string | number)[];
  readonly definition: string;
  readonly requirement: string | undefined;
}

/** Takes what is found. */
export interface FindingSink {
  /** Whether more need not be looked for. */
  readonly hasEnough: boolean;
  add(place: FindingPlace, finding: Finding | (() => Finding)): void;
}
