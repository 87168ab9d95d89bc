/** React Flow's node types: each hands its data to the card that draws it. */
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useView } from '../session.tsx';
import { AppCard } from './AppCard.tsx';
import { CacheCard } from './CacheCard.tsx';
import { ClientsCard } from './ClientsCard.tsx';
import { CorridorNode } from './CorridorNode.tsx';
import type { DiagramNode } from './flowGraph.ts';
import { ShardCard } from './ShardCard.tsx';

type Props<T extends DiagramNode['type']> = NodeProps<Extract<DiagramNode, { type?: T }>>;

export const ClientsCardNode = memo(function ClientsCardNode({ data }: Props<'clients'>) {
  return <ClientsCard {...data} key={data.card.form} />;
});

export const AppCardNode = memo(function AppCardNode({ data }: Props<'app'>) {
  return <AppCard {...data} key={data.card.form} />;
});

export const CacheCardNode = memo(function CacheCardNode({ data }: Props<'cache'>) {
  const watchedKey = useView((view) => view.watchedKey);
  return <CacheCard {...data} watchedKey={watchedKey} key={data.card.form} />;
});

export const ShardCardNode = memo(function ShardCardNode({ data }: Props<'store'>) {
  return (
    <ShardCard {...data} shard={data.card.index + 1} key={`${data.card.form} ${data.replicas.length}`} />
  );
});

export const CorridorFlowNode = memo(function CorridorFlowNode({ data }: Props<'corridor'>) {
  return <CorridorNode {...data} />;
});
