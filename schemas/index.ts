export { type Definition, Definitions } from './definition.ts';
export * from './generated/index.ts';
export { findProblems, type Problem } from './problem.ts';
export type { SchemaError, Validator } from './validator.ts';
