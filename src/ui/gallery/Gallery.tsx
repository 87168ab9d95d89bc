/**
 * Designs to begin from, group by group, each with a picture drawn from it and one sentence. It takes the place of the
 * screen below the top bar. Choosing one opens it and leaves the gallery; what was open is one undo away.
 */
import { useEffect, useId, useRef } from 'react';
import { X } from 'lucide-react';
import type { Design } from '../../design/design.ts';
import type { GalleryEntry, GalleryGroup } from '../../design/gallery/entry.ts';
import { GALLERY } from '../../design/gallery/groups.ts';
import { pinAsGhost } from '../actions.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { useSession } from '../session.tsx';
import { SmallTopBar, TopBar } from '../shell/TopBar.tsx';
import { DesignPicture } from './DesignPicture.tsx';
import { Recent } from './Recent.tsx';
import { closeGallery } from './sheet.ts';
import { walk } from './walk.ts';
import css from './Gallery.module.css';

export function Gallery({ small }: { small: boolean }) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => main.current?.querySelector<HTMLElement>('[data-entry]')?.focus(), []);
  return (
    <div className={css.app}>
      {small ? <SmallTopBar /> : <TopBar />}
      <main ref={main} className={css.main} aria-label="Presets">
        <div className={css.head}>
          <h2>Presets</h2>
          <p>Opening one puts it in place of what is open, which is one undo away.</p>
          <Button square aria-label="Close the presets" title="Close (Esc)" onClick={closeGallery}>
            <Icon of={X} />
          </Button>
        </div>
        <p className={css.legend}>
          From left to right: clients, app nodes, cache nodes, and shards with a dot for each replica, filled
          for the leader. Amber is what a PUT sends, blue and dashed a GET, purple and dotted an invalidation,
          the wider the more there are of them; striped is what a fault hits.
        </p>
        <Recent />
        <div onKeyDown={walk}>
          {GALLERY.map((group) => (
            <Group key={group.key} group={group} />
          ))}
        </div>
      </main>
    </div>
  );
}

function Group({ group: { title, entries } }: { group: GalleryGroup }) {
  const id = useId();
  const sources = new Set(entries.flatMap(({ source }) => source ?? []));
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={css.title}>
        {title}
      </h3>
      {[...sources].map((source) => (
        <p key={source} className={css.source}>
          Numbers from {source}
        </p>
      ))}
      <ul className={css.entries}>
        {entries.map((entry) => (
          <Entry key={entry.key} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function Entry({ entry: { title, sentence, design, remedy } }: { entry: GalleryEntry }) {
  const session = useSession();
  const { documents } = session;
  const open = (chosen: Design, name: string) => {
    documents.open(chosen, [], name);
    closeGallery();
  };
  return (
    <li className={css.entry}>
      <button type="button" data-entry className={css.choose} onClick={() => open(design, title)}>
        <DesignPicture design={design} />
        <span className={css.name}>{title}</span>
        <span className={css.sentence}>{sentence}</span>
      </button>
      <Button
        small
        className={css.pin}
        aria-label={`Pin as ghost: ${title}`}
        title="Draw its run grey and dashed behind the charts of the open design"
        onClick={() => pinAsGhost(session, design)}
      >
        Pin as ghost
      </Button>
      {remedy !== undefined && (
        <button
          type="button"
          className={css.remedy}
          aria-label={`${title}, remedied: ${remedy.sentence}`}
          onClick={() => open(remedy.design, remedy.design.title)}
        >
          <b>Remedy</b> {remedy.sentence}
        </button>
      )}
    </li>
  );
}
