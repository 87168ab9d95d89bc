/** What is put into a page of one's own to show the diagram there, alive. */
import { embedAddress } from '../../state/embedded.ts';
import { formatInstant } from '../format.ts';
import { escapeXml } from './svg.ts';

/** Of the frame, CSS pixels; the page that it is put into may give it any other. */
const WIDTH = 960;
const HEIGHT = 540;

/**
 * The frame of a link to a moment.
 * @param title of the design
 * @param at the moment, microseconds
 */
export function frameOf(link: string, title: string, at: number): string {
  const words = `${title}: a simulation in Throughline, from ${formatInstant(at)} on`;
  return (
    `<iframe src="${escapeXml(embedAddress(link))}" title="${escapeXml(words)}" ` +
    `width="${WIDTH}" height="${HEIGHT}" style="border:0" loading="lazy"></iframe>`
  );
}
