/**
 * Where the page begins: makes the session, starts the clock that plays it, and draws the screen. Everything else
 * hangs from here; nothing is decided here.
 */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './tokens.css';
import './fonts.css';
import './base.css';
import { browserSurroundings } from '../state/browser.ts';
import { embeddedSurroundings, isEmbedded } from '../state/embedded.ts';
import { createSession } from '../state/session.ts';
import { LazyEmbed } from './embed/LazyEmbed.tsx';
import { SessionProvider } from './session.tsx';
import { App } from './shell/App.tsx';
import { keepFocus } from './shell/keepFocus.ts';
import { listenForKeys } from './shell/keyboard.ts';
import { CURSOR_SHORTCUTS, SHORTCUTS } from './shell/shortcuts.ts';
import { keepForOffline } from './shell/offline.ts';
import { followTitle } from './shell/pageTitle.ts';
import { followTheme } from './shell/theme.ts';
import { startTicking } from './shell/ticker.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root');

// In a turn of its own: reading the scripts takes as long as a page may keep anybody waiting, and so does this.
setTimeout(begin, 0, root);

function begin(on: HTMLElement): void {
  const embedded = isEmbedded(location);
  const session = createSession((embedded ? embeddedSurroundings : browserSurroundings)(window));

  followTheme(session.view, document.documentElement);
  followTitle(session.documents, document);
  startTicking(session);
  listenForKeys(session, embedded ? CURSOR_SHORTCUTS : SHORTCUTS);
  keepFocus();
  if (!embedded) keepForOffline(navigator, session.run);

  createRoot(on).render(
    <StrictMode>
      <SessionProvider session={session}>{embedded ? <LazyEmbed /> : <App />}</SessionProvider>
    </StrictMode>,
  );
}
