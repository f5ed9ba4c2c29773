export * from './reference/index.ts';
export * from './schemas/index.ts';
