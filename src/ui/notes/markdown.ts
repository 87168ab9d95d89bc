/**
 * Notes as a tree: CommonMark with tables and struck-out text. HTML in them stays the text that it is; nothing is ever
 * handed to the browser to be parsed.
 */
import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';

export function treeOf(markdown: string): Root {
  return fromMarkdown(markdown, {
    extensions: [gfmTable(), gfmStrikethrough()],
    mdastExtensions: [gfmTableFromMarkdown(), gfmStrikethroughFromMarkdown()],
  });
}

const SCHEME = /^([a-z][a-z0-9+.-]*):/i;

/**
 * Where a link of the notes may lead: to the web, or within this page. Everything else is no link.
 * Browsers drop control characters and spaces from addresses before they look for a scheme, and so is done here.
 */
export function safeAddress(url: string): string | undefined {
  const address = Array.from(url)
    .filter((character) => character > ' ' && character !== '\u007f')
    .join('');
  const scheme = SCHEME.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined) return address.startsWith('//') || address.startsWith('\\') ? undefined : address;
  return scheme === 'https' || scheme === 'http' ? address : undefined;
}
