export type { BusSource } from '../core/bus-source.ts';
export { AdapterSetupError } from '../core/listen-security.ts';
export { TokenFileError } from '../core/token-file.ts';
export { createHttpAdapter, type HttpAdapter, type HttpAdapterOptions } from './http-adapter.ts';
export { openApiDocument } from './openapi.ts';
