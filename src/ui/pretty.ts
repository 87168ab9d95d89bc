/**
 * The document's own texts, made easy to read: `12ms` as `12 ms`, `2500/s` as `2 500/s`. Only for reading; what is typed
 * is the document's text, and `plainText` takes back whatever was made pretty.
 */
import { THIN } from './format.ts';

const QUANTITY = /^(\d+)((?:\.\d+)?)(us|µs|ms|s|m|B|KiB|MiB|GiB|TiB|%)?((?:k?\/s)?)$/;

export function prettyText(text: string): string {
  const match = QUANTITY.exec(text);
  if (match === null) return text;
  const [, whole = '', fraction = '', unit = '', rate = ''] = match;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN);
  const spelled = unit === 'us' ? 'µs' : unit;
  return `${grouped}${fraction}${spelled === '' ? '' : THIN + spelled}${rate}`;
}

/** The same for every quantity in a sentence of the document's or the engine's: `at most 12ms` as `at most 12 ms`. */
export function prettyWords(sentence: string): string {
  return sentence
    .replace(/(\d),(?=\d{3})/g, `$1${THIN}`)
    .split(' ')
    .map(prettyText)
    .join(' ');
}

/** What a person typed or pasted, as the document writes it: without spaces, and without the signs that the page adds. */
export function plainText(typed: string): string {
  return typed.replace(/[\s\u2009\u202f]/g, '').replace(/^[×≤≥]/, '');
}
