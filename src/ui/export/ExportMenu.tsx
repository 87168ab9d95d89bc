/** The button under which everything is that can be taken along; what makes the files is fetched when it is opened. */
import { useState, type ComponentType } from 'react';
import { FileDown } from 'lucide-react';
import { Icon } from '../kit/Icon.tsx';
import { Popover } from '../kit/Popover.tsx';
import { EXPORT_OPENER } from './opener.ts';
import css from './Export.module.css';

/** `square`: where there is no room for the word. */
export function ExportMenu({ square = false }: { square?: boolean }) {
  // Not a lazy component: what waits for one is drawn when nothing else is to be, and while a run plays there always is.
  const [Panel, setPanel] = useState<ComponentType>();
  const [unreachable, setUnreachable] = useState(false);
  const load = () => {
    setUnreachable(false);
    import('./ExportPanel.tsx').then(
      ({ ExportPanel }) => setPanel(() => ExportPanel),
      () => setUnreachable(true),
    );
  };
  return (
    <Popover
      label="Export"
      className={css.panel}
      onOpen={load}
      button={{
        square,
        id: EXPORT_OPENER,
        ...(square ? { 'aria-label': 'Export' } : {}),
        title: 'Export: pictures, a video, data, a report, a trace (E)',
        children: (
          <>
            <Icon of={FileDown} />
            {!square && 'Export'}
          </>
        ),
      }}
    >
      {() => (
        <div className={css.body}>
          {Panel !== undefined ? (
            <Panel />
          ) : (
            <p className={css.note} role="status">
              {unreachable
                ? 'What makes the files could not be loaded: is there a network?'
                : 'Fetching what makes the files'}
            </p>
          )}
        </div>
      )}
    </Popover>
  );
}
