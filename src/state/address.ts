/**
 * The address bar, as far as the session needs it: query and fragment are read; the fragment is replaced without leaving
 * traces in the browser's history, and watched for links that a person pastes there.
 */
export interface Address {
  /** The whole address without its fragment. */
  base(): string;
  /** What stands between `?` and `#`, with the `?` if there is anything. */
  query(): string;
  /** The fragment, with its `#` if there is one. */
  fragment(): string;
  /** Replaces the fragment without a new entry in the browser's history. */
  replace(fragment: string): void;
  /** Calls back with what somebody else changed the fragment to; returns how to stop that. */
  onChange(listener: (fragment: string) => void): () => void;
}

/** The address bar of a browser's window. */
export function addressOf(window: Window): Address {
  const { location, history } = window;
  return {
    base: () => location.href.replace(/#.*$/s, ''),
    query: () => location.search,
    fragment: () => location.hash,
    replace: (fragment) => {
      // Some browsers refuse when it is done too often: the address then lags behind, and nothing else is lost.
      try {
        history.replaceState(history.state, '', fragment);
      } catch {
        return;
      }
    },
    onChange: (listener) => {
      // What stands in the address by now may have been replaced since: the event says what was put there.
      const heard = ({ newURL }: HashChangeEvent): void => {
        listener(new URL(newURL).hash);
      };
      window.addEventListener('hashchange', heard);
      return () => {
        window.removeEventListener('hashchange', heard);
      };
    },
  };
}
