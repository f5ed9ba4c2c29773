import { styleText } from 'node:util';

export type TextFormat = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Gives text a format of the terminal, or leaves it as it is. */
export type TextStyle = (format: TextFormat, text: string) => string;

/** A style with colours or without; the caller knows the terminal and NO_COLOR. */
export function createTextStyle(isColoured: boolean): TextStyle {
  if (!isColoured) return (_, text) => text;
  return (format, text) => styleText(format, text, { validateStream: false });
}
