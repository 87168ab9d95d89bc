/** Pictures as files. */
import type { Design } from '../../design/design.ts';
import { nameOf } from '../share/files.ts';
import { save, saveText } from '../share/save.ts';
import type { Picture } from './svg.ts';

/** `of`: what of the design it shows, as the end of the file's name. */
export function saveSvg(picture: Picture, design: Design, of: string): void {
  saveText(`${nameOf(design)}-${of}.svg`, picture.svg, 'image/svg+xml');
}

export async function savePng(picture: Promise<Blob>, design: Design, of: string): Promise<void> {
  save(`${nameOf(design)}-${of}.png`, await picture);
}
