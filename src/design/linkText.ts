/**
 * Texts inside a link: which characters stand as they are, and how long texts are made short. A link must survive
 * chat programs and mail, so it holds no spaces, quotes or parentheses and never ends in punctuation; and it must be
 * editable by hand, so nothing is escaped that need not be, and what is read is read leniently. `+` is a plus.
 */
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { LIMITS } from './limits.ts';

/** Stands before a compressed text. A text that begins with it itself is always compressed. */
const COMPRESSED = '~';

/** Everything but letters, digits, and the marks that no program cuts a link at. */
const ESCAPED = /[^A-Za-z0-9._~:,=*+/@-]/gu;

/** A value as it stands in a link: readable where that is as short, else compressed. */
export function writeValue(text: string): string {
  const plain = text.replace(ESCAPED, escapeCharacter);
  // Every key but a text is far shorter than what compression could save.
  if (!text.startsWith(COMPRESSED) && plain.length < 40) return plain;
  const compressed = COMPRESSED + toBase64Url(deflateSync(strToU8(text), { level: 9 }));
  return text.startsWith(COMPRESSED) || compressed.length < plain.length ? compressed : plain;
}

/** Percent-encoding of one character, the marks included that `encodeURIComponent` leaves alone. */
function escapeCharacter(character: string): string {
  let escaped = '';
  for (const byte of strToU8(character)) escaped += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return escaped;
}

/** The text of a value in a link; undefined when it is compressed and cannot be read. */
export function readValue(value: string): string | undefined {
  const text = unescape(value);
  if (!value.startsWith(COMPRESSED)) return text;
  const bytes = fromBase64Url(text.slice(COMPRESSED.length));
  return bytes === undefined || bytes.length === 0 ? undefined : inflate(bytes);
}

const ESCAPES = /(?:%[0-9a-f]{2})+/gi;

/** Percent-encoding undone; what is none stays as it stands. */
export function unescape(text: string): string {
  return text.replace(ESCAPES, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

const LAST_CHARACTER = /[^A-Za-z0-9]$/;

/** Programs that recognise links leave out punctuation at their end, so a link has none there. */
export function endSafely(link: string): string {
  return link.replace(
    LAST_CHARACTER,
    (last) => `%${last.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** Inflates piece by piece, so that a bomb is noticed when it has grown to the limit and not later. */
function inflate(bytes: Uint8Array): string | undefined {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    const inflater = new Inflate((piece) => {
      size += piece.length;
      pieces.push(piece);
    });
    const step = 256;
    for (let at = 0; at < bytes.length; at += step) {
      inflater.push(bytes.subarray(at, at + step), at + step >= bytes.length);
      if (size > LIMITS.inflated) return undefined;
    }
  } catch {
    return undefined;
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return strFromU8(whole);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const DIGITS: ReadonlyMap<string, number> = new Map(Array.from(ALPHABET, (letter, digit) => [letter, digit]));

/** Base 64 with the alphabet of addresses (RFC 4648, section 5), without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const group = (a << 16) | (b << 8) | c;
    const letters = Math.min(bytes.length - i, 3) + 1;
    for (let letter = 0; letter < letters; letter++)
      text += ALPHABET.charAt((group >> (18 - 6 * letter)) & 63);
  }
  return text;
}

/** The bytes of such a text; undefined where a letter is none of the alphabet's, or the length none that bytes have. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  if (text.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let group = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    const digit = DIGITS.get(letter);
    if (digit === undefined) return undefined;
    group = ((group << 6) | digit) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (group >> bits) & 255;
    }
  }
  return bytes;
}
