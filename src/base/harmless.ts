/** Texts of other people on a terminal: what somebody typed or wrote into a file is repeated there, and must only be read. */

/** What moves a terminal's cursor, colours it, or turns the direction of its text. */
const CONTROL = /[\p{Cc}\p{Bidi_Control}]/gu;

/** The text with U+FFFD in place of all that would do something to the terminal. */
export function harmless(text: string): string {
  return text.replace(CONTROL, '\ufffd');
}
