const prefixBytes = 5;
const frameTag = 0x0a;
const moreTag = 0x10;

/** A `Frame` of stdio_bus.proto as a gRPC message: prefix, then field 1 with these bytes. */
export function grpcMessageFrom(frame: Buffer): Buffer {
  const length = varint(frame.length);
  const head = Buffer.alloc(prefixBytes);
  head.writeUInt32BE(1 + length.length + frame.length, 1);
  return Buffer.concat([head, Buffer.from([frameTag]), length, frame]);
}

/** Cuts bytes into messages, and gives the frames in them. Throws where they are no such messages. */
export function createGrpcReader(): (bytes: Buffer) => string[] {
  let rest: Buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    const frames: string[] = [];
    while (rest.length >= prefixBytes) {
      if (rest[0] !== 0) throw new Error('a gRPC message is compressed');
      const end = prefixBytes + rest.readUInt32BE(1);
      if (rest.length < end) break;
      const { frame, isMoreToCome } = fieldsOf(rest.subarray(prefixBytes, end));
      rest = rest.subarray(end);
      // The buffer may be used again by whoever read into it.
      parts.push(isMoreToCome ? Buffer.from(frame) : frame);
      if (isMoreToCome) continue;
      frames.push(String(parts.length === 1 ? frame : Buffer.concat(parts)));
      parts = [];
    }
    rest = Buffer.from(rest);
    return frames;
  };
}

function fieldsOf(message: Buffer): { readonly frame: Buffer; readonly isMoreToCome: boolean } {
  let frame: Buffer = Buffer.alloc(0);
  let isMoreToCome = false;
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message[at++];
      if (byte === undefined) throw new Error('a gRPC message ends too early');
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const tag = number();
    if (tag === frameTag) {
      const length = number();
      frame = message.subarray(at, at + length);
      at += length;
    } else if (tag === moreTag) isMoreToCome = number() !== 0;
    else throw new Error(`a gRPC message has an unknown field ${tag >> 3}`);
  }
  return { frame, isMoreToCome };
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 0x80; left = Math.floor(left / 128)) bytes.push((left & 0x7f) | 0x80);
  return Buffer.from([...bytes, left]);
}
