/** Pictures as SVG texts. */

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** An SVG document. */
  readonly svg: string;
}

/** A document around elements, on a ground of this colour. */
export function documentOf(
  { width, height }: Pick<Picture, 'width' | 'height'>,
  title: string,
  ground: string,
  elements: string,
): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `font-family="Inter, 'Helvetica Neue', Arial, sans-serif" font-size="11">` +
    `<title>${escapeXml(title)}</title><rect width="${width}" height="${height}" fill="${ground}"/>${elements}</svg>\n`
  );
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML cannot hold, not even escaped (XML 1.0, section 2.2), and line ends other than the usual one. */
const NOT_IN_XML = /[^\t\n\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** A number of an SVG: a hundredth of a pixel is below what anybody sees. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A text as it may stand in an element or an attribute; what XML cannot hold at all is left out. */
export function escapeXml(text: string): string {
  return text.replace(NOT_IN_XML, '').replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
