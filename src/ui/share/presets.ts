/** The presets as items of a menu. Opening one keeps nothing of what was open, which is one undo away. */
import { PRESETS } from '../../design/presets.ts';
import type { MenuItem } from '../kit/Menu.tsx';
import type { Session } from '../../state/session.ts';

export function presetItems({ documents }: Session): MenuItem[] {
  return PRESETS.map(({ name, title, sentence, design }) => ({
    key: name,
    label: title,
    detail: sentence,
    onChoose: () => documents.open(design, [], title),
  }));
}
