/**
 * How components reach the session: a context that holds the three stores, and one hook for each of them.
 * A component selects the slice that it draws and is drawn again when that slice changes; it orchestrates nothing.
 */
import { createContext, useContext, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { ComparisonState } from '../state/comparison.ts';
import type { FreshnessState } from '../state/freshness.ts';
import type { ExcerptState } from '../state/excerpts.ts';
import type { DocumentState } from '../state/documents.ts';
import type { GhostState } from '../state/ghost.ts';
import type { RunState } from '../state/run.ts';
import type { Session } from '../state/session.ts';
import type { StoryState } from '../state/stories.ts';
import type { StopState } from '../state/stops.ts';
import type { TrialState } from '../state/trials.ts';
import type { ViewState } from '../state/view.ts';

const SessionContext = createContext<Session | undefined>(undefined);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The session that this part of the page belongs to: for acting. For drawing, use one of the hooks below. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('There is no session around this component');
  return session;
}

/** A slice of the open document's state. The selector must return the same value for the same state. */
export function useDocument<T>(selector: (state: DocumentState) => T): T {
  return useStore(useSession().documents, selector);
}

/** A slice of what is rendered of the open design. */
export function useRun<T>(selector: (state: RunState) => T): T {
  return useStore(useSession().run, selector);
}

/** A slice of the curve of freshness. */
export function useFreshness<T>(selector: (state: FreshnessState) => T): T {
  return useStore(useSession().freshness, selector);
}

/** A slice of which run the charts draw behind the one that is shown. */
export function useGhostState<T>(selector: (state: GhostState) => T): T {
  return useStore(useSession().ghost, selector);
}

/** A slice of what the marked window comes to. */
export function useExcerpt<T>(selector: (state: ExcerptState) => T): T {
  return useStore(useSession().excerpt, selector);
}

/** A slice of what the open design is compared with. */
export function useComparison<T>(selector: (state: ComparisonState) => T): T {
  return useStore(useSession().comparison, selector);
}

/** A slice of where the eye is. The cursor changes every frame while playing: select it only where it is drawn. */
export function useView<T>(selector: (state: ViewState) => T): T {
  return useStore(useSession().view, selector);
}

/** Where play stops of itself. */
export function useStops<T>(selector: (state: StopState) => T): T {
  return useStore(useSession().stops, selector);
}

/** What the remedies of the story come to. */
export function useTrials<T>(selector: (state: TrialState) => T): T {
  return useStore(useSession().trials, selector);
}

/** The story of the violation or the operation that is looked at. */
export function useStory(): StoryState {
  return useStore(useSession().story);
}
