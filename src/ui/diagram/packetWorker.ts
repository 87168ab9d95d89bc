/** A worker that draws marks on the page's canvas: a shell around the brush that the page would use itself. */
import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import { drawAtlas } from './atlas.ts';
import { brushOn, type PacketBrush } from './packetBrush.ts';
import { PUT_WIDTH, type FromEasel, type Look, type ToEasel } from './packetMessages.ts';

let canvas: OffscreenCanvas | undefined;
let brush: PacketBrush | undefined;

self.onmessage = ({ data }: MessageEvent<ToEasel>) => {
  if (data.type === 'canvas') canvas = data.canvas;
  else if (data.type === 'look') look(data.look);
  else draw(data);
};

// The page's typefaces are not a worker's. Where this one does not come, words are drawn in the system's.
if ('fonts' in self && self.fonts instanceof FontFaceSet) {
  const face = new FontFace('Inter Variable', `url(${inter})`, { weight: '100 900' });
  self.fonts.add(face);
  face.load().catch(() => undefined);
}

function look({ palette, density, w, h }: Look): void {
  const context = canvas?.getContext('2d');
  const atlas = drawAtlas(palette, density);
  if (canvas === undefined || !context || atlas === undefined)
    throw new Error('there is no canvas to draw on');
  canvas.width = Math.round(w * density);
  canvas.height = Math.round(h * density);
  brush = brushOn(context, atlas);
  tell({ type: 'looks' });
}

function draw({ marks, words }: Extract<ToEasel, { type: 'frame' }>): void {
  brush?.begin();
  for (let at = 0; at < marks.length; at += PUT_WIDTH)
    brush?.put(marks[at] ?? 0, marks[at + 1] ?? 0, marks[at + 2] ?? 0, marks[at + 3] ?? 0);
  brush?.end(words);
  tell({ type: 'drawn' });
}

function tell(message: FromEasel): void {
  self.postMessage(message);
}
