import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser of this machine: where CHROMIUM says, or where Linux has it. */
export function findChromium(): string | undefined {
  return places.find((place) => place !== '' && existsSync(place));
}

/** Starts it without a window. Throws where there is none. */
export function openChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('there is no chromium');
  // In a container it may run as root, which its sandbox refuses.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
