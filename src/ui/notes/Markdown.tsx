/**
 * Markdown as elements of the page, node by node. Links lead to the web or within this page, in a tab of their own that
 * knows nothing of this one; images are links, since the page asks nobody for anything; HTML is text.
 */
import { Fragment, useMemo, type ReactNode } from 'react';
import type { AlignType, Definition, Nodes, Root, RootContent } from 'mdast';
import { safeAddress, treeOf } from './markdown.ts';
import css from './Notes.module.css';

export function Markdown({ text }: { text: string }) {
  const tree = useMemo(() => treeOf(text), [text]);
  return <div className={css.prose}>{all(tree.children, definitionsOf(tree))}</div>;
}

/** Addresses that are given further down, by the names that links give them. */
type Definitions = ReadonlyMap<string, Definition>;

function definitionsOf(tree: Root): Definitions {
  const definitions = new Map<string, Definition>();
  const visit = (node: Nodes): void => {
    if (node.type === 'definition' && !definitions.has(node.identifier))
      definitions.set(node.identifier, node);
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(tree);
  return definitions;
}

function all(nodes: readonly RootContent[], known: Definitions): ReactNode {
  return nodes.map((node, i) => <Fragment key={i}>{element(node, known)}</Fragment>);
}

function element(node: RootContent, known: Definitions): ReactNode {
  switch (node.type) {
    case 'text':
    case 'html':
      return node.value;
    case 'paragraph':
      return <p>{all(node.children, known)}</p>;
    case 'heading':
      return <Heading depth={node.depth}>{all(node.children, known)}</Heading>;
    case 'emphasis':
      return <em>{all(node.children, known)}</em>;
    case 'strong':
      return <strong>{all(node.children, known)}</strong>;
    case 'delete':
      return <s>{all(node.children, known)}</s>;
    case 'inlineCode':
      return <code>{node.value}</code>;
    case 'code':
      return (
        <pre tabIndex={0}>
          <code>{node.value}</code>
        </pre>
      );
    case 'blockquote':
      return <blockquote>{all(node.children, known)}</blockquote>;
    case 'list':
      return node.ordered === true ? (
        <ol start={node.start ?? 1}>{all(node.children, known)}</ol>
      ) : (
        <ul>{all(node.children, known)}</ul>
      );
    case 'listItem':
      return <li>{all(node.children, known)}</li>;
    case 'break':
      return <br />;
    case 'thematicBreak':
      return <hr />;
    case 'link':
      return <Link url={node.url}>{all(node.children, known)}</Link>;
    case 'image':
      return <Link url={node.url}>{node.alt === '' ? 'image' : node.alt}</Link>;
    case 'linkReference':
      return <Link url={known.get(node.identifier)?.url}>{all(node.children, known)}</Link>;
    case 'imageReference':
      return <Link url={known.get(node.identifier)?.url}>{node.alt === '' ? 'image' : node.alt}</Link>;
    case 'table': {
      const [header, ...rows] = node.children;
      const aligned = { known, align: node.align ?? [] };
      return (
        <div className={css.wide} tabIndex={0}>
          <table>
            <thead>{header !== undefined && <tr>{cells(header.children, 'th', aligned)}</tr>}</thead>
            <tbody>
              {rows.map((row, i) => (
                <tr key={i}>{cells(row.children, 'td', aligned)}</tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    }
    case 'tableRow':
    case 'tableCell':
    case 'definition':
    case 'footnoteDefinition':
    case 'footnoteReference':
    case 'yaml':
      return null;
  }
}

function cells(
  row: readonly { readonly children: readonly RootContent[] }[],
  Cell: 'td' | 'th',
  { known, align }: { readonly known: Definitions; readonly align: readonly AlignType[] },
): ReactNode {
  return row.map(({ children }, i) => (
    <Cell key={i} style={{ textAlign: align[i] ?? undefined }}>
      {all(children, known)}
    </Cell>
  ));
}

/** The section's own heading is of the second level: those of the notes lie below it. */
function Heading({ depth, children }: { depth: number; children: ReactNode }) {
  if (depth === 1) return <h3>{children}</h3>;
  if (depth === 2) return <h4>{children}</h4>;
  return <h5>{children}</h5>;
}

function Link({ url, children }: { url: string | undefined; children: ReactNode }) {
  const address = url === undefined ? undefined : safeAddress(url);
  if (address === undefined) return children;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}
