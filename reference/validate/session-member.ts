import type { Problem } from '../../schemas/problem.ts';

/** The schemas know the session member by its default name; another name takes its place (CFG-4). */
export interface SessionMember {
  /** A frame with the member under its default name. */
  renamed(value: unknown): unknown;
  /** A problem of such a frame as one of the frame that was sent. */
  inLine(problem: Problem): Problem;
}

const defaultName = 'sessionId';

export function createSessionMember(name: string): SessionMember {
  if (name === defaultName) return { renamed: (value) => value, inLine: (problem) => problem };
  const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return {
    renamed: (value) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
      // An ordinary member now; and what Object.prototype has is no member.
      const others = Object.entries(value).filter(([key]) => key !== defaultName);
      return Object.fromEntries(others.map(([key, v]) => [key === name ? defaultName : key, v]));
    },
    inLine: (problem) =>
      problem.pointer === `/${defaultName}` ? { ...problem, pointer } : problem,
  };
}
