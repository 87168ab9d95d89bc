/** Pictures as files. What a browser cannot make a picture of is said, not swallowed. */
import { messageOf } from '../../base/thrown.ts';
import type { Design } from '../../design/design.ts';
import { say } from '../said.ts';
import { nameOf } from '../share/files.ts';
import { save, saveText } from '../share/save.ts';
import type { Picture } from './svg.ts';

/** `of`: what of the design it shows, as the end of the file's name. */
export function saveSvg(picture: Picture, design: Design, of: string): void {
  saveText(`${nameOf(design)}-${of}.svg`, picture.svg, 'image/svg+xml');
}

/** @param make the PNG; may fail */
export async function savePng(make: () => Promise<Blob>, design: Design, of: string): Promise<void> {
  try {
    save(`${nameOf(design)}-${of}.png`, await make());
  } catch (error) {
    say(`The picture could not be made: ${messageOf(error)}`);
  }
}
