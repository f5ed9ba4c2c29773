export {
  createEnvelopeScanner,
  type EnvelopeKind,
  type EnvelopeScanner,
  type EnvelopeScannerOptions,
  maxSessionIdBytes,
} from './envelope-scanner.ts';
export {
  createFrameDecoder,
  type FrameDecoder,
  type FrameDecoderOptions,
  type FrameSink,
} from './frame-decoder.ts';
export { type ScanFault, type ScanFaultEntry, scanFaults } from './scan-fault.ts';
