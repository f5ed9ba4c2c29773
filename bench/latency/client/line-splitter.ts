const lineFeed = 0x0a;

/** Cuts bytes into lines; what is after the last LF is kept for the next call. */
export function createLineSplitter(): (bytes: Buffer) => string[] {
  let rest: Buffer[] = [];
  return (bytes) => {
    const lines: string[] = [];
    let start = 0;
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
      rest.push(bytes.subarray(start, end));
      lines.push(rest.length === 1 ? String(rest[0]) : String(Buffer.concat(rest)));
      rest = [];
      start = end + 1;
    }
    // The buffer may be used again by whoever read into it.
    if (start < bytes.length) rest.push(Buffer.from(bytes.subarray(start)));
    return lines.filter((line) => line.trim() !== '');
  };
}
