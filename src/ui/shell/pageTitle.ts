/** The name of the page's tab: the open design's title first, since tabs are told apart by their first words. */
import type { DocumentStore } from '../../state/documents.ts';

export function followTitle(documents: DocumentStore, page: Document): () => void {
  const apply = (title: string): void => {
    page.title = title === '' ? 'Throughline' : `${title} · Throughline`;
  };
  apply(documents.getState().design.title);
  return documents.subscribe(({ design }, before) => {
    if (design.title !== before.design.title) apply(design.title);
  });
}
