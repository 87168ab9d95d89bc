/**
 * The notes of a design beside it: a heading that is always there, and beneath it, once there is something to read or to
 * write, the notes and the remarks. Those bring a reader of Markdown, and so are fetched only then.
 */
import { useStore } from 'zustand';
import { Button } from '../kit/Button.tsx';
import { fetched } from '../kit/fetched.tsx';
import { PanelSection } from '../kit/PanelSection.tsx';
import { useDocument, useSession } from '../session.tsx';
import { remarkHere } from './acts.ts';
import { stopWriting, takeAhead, write, writing } from './writing.ts';
import css from './Notes.module.css';

const NotesBody = fetched('The notes', async () => {
  try {
    return (await import('./NotesBody.tsx')).NotesBody;
  } catch (error) {
    // No field will come that could take what is typed.
    takeAhead();
    throw error;
  }
});

export function Notes() {
  const session = useSession();
  const written = useDocument(({ design }) => design.notes !== '');
  const remarks = useDocument(({ design }) => design.remarks.length);
  const open = useStore(writing, (state) => state.open);
  const editing = open === 'notes';
  const shown = written || remarks > 0 || open !== undefined;
  return (
    <PanelSection
      title="Notes"
      className={css.section}
      note={shown ? '' : 'part of the link'}
      acts={
        <>
          <Button small title="Pins a remark on this moment (M)" onClick={() => remarkHere(session)}>
            Remark
          </Button>
          <Button small kind="line" onClick={() => (editing ? stopWriting() : write('notes'))}>
            {editing ? 'Done' : written ? 'Edit' : 'Write'}
          </Button>
        </>
      }
    >
      {shown && <NotesBody />}
    </PanelSection>
  );
}
