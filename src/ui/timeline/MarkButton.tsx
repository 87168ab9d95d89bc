/** Lets the next drag over the charts mark a window of time. The same as Shift and a drag, for hands without a Shift. */
import { Ruler } from 'lucide-react';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { useExcerpt, useSession } from '../session.tsx';

export function MarkButton() {
  const { excerpt } = useSession();
  const marking = useExcerpt((state) => state.marking);
  return (
    <Button
      small
      aria-label="Measure a window"
      aria-pressed={marking}
      title="Drag over the charts to see percentiles and counts of that time alone (Shift and drag, or W)"
      onClick={() => excerpt.setMarking(!marking)}
    >
      <Icon of={Ruler} size={14} />
      Measure
    </Button>
  );
}
