/**
 * Parts of the page in chunks of their own, fetched by those who come to them. Where one cannot be had (no network, or a
 * build that is gone from its host), what stands in its place says so: of a part that fails to load React would take the
 * whole page away.
 *
 * They are no lazy components. React keeps back what comes within 300 ms of the nothing that stood in its place, and draws
 * it when nothing else is to be drawn; while a run plays, there always is.
 */
import { useEffect, useState, type ComponentType } from 'react';

/**
 * What `load` brings once it is drawn for the first time, and nothing until it is here; `what` names it, as the subject of
 * a sentence.
 */
export function fetched<Props extends object>(
  what: string,
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const missing: ComponentType<Props> = () => <Missing what={what} />;
  let here: ComponentType<Props> | undefined;
  return function Fetched(props: Props) {
    const [Part, setPart] = useState(() => here);
    useEffect(() => {
      if (Part !== undefined) return;
      load().then(
        (part) => {
          here = part;
          setPart(() => part);
        },
        () => setPart(() => missing),
      );
    }, [Part]);
    return Part !== undefined && <Part {...props} />;
  };
}

function Missing({ what }: { what: string }) {
  return (
    <p role="alert">{what} could not be loaded: is there a network? Load the page again to try once more.</p>
  );
}
