/**
 * Parts of the page in chunks of their own, fetched by those who come to them. Where one cannot be had (no network, or a
 * build that is gone from its host), what stands in its place says so: of a part that fails to load React would take the
 * whole page away.
 */
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** What `load` brings, once it is drawn for the first time; `what` names it, as the subject of a sentence. */
export function fetched<Props extends object>(
  what: string,
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  const missing: ComponentType<Props> = () => <Missing what={what} />;
  return lazy(async () => ({ default: await load().catch(() => missing) }));
}

function Missing({ what }: { what: string }) {
  return (
    <p role="alert">{what} could not be loaded: is there a network? Load the page again to try once more.</p>
  );
}
