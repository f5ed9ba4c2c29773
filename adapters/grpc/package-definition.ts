import { fileURLToPath } from 'node:url';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { loadSync, type PackageDefinition } from '@grpc/proto-loader';

/** The `.proto` that clients of other languages are made from; it lies beside the sources. */
export const protoFile = fileURLToPath(
  new URL('../../../adapters/grpc/stdio_bus.proto', import.meta.url),
);

/** The package as the `.proto` has it. Numbers are numbers, members are in camelCase. */
export const packageDefinition: PackageDefinition = loadSync(protoFile, {
  longs: Number,
  enums: String,
  defaults: true,
});

export const busService = packageDefinition['stdiobus.v1.Bus'] as ServiceDefinition;
export const processService = packageDefinition['stdiobus.v1.Process'] as ServiceDefinition;
