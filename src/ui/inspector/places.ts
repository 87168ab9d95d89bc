/**
 * What the inspector shows for what is selected: its name, a few words about it, and which fields of the document
 * describe it. Nothing selected is the design as a whole. It decides what belongs where, never how it looks.
 */
import type { Design } from '../../design/design.ts';
import { FIELDS, fieldByKey, mattersFor, type Field } from '../../design/fields.ts';
import type { FieldKey } from '../../design/fieldWords.ts';
import {
  CLIENTS,
  headOf,
  LINKS,
  leaderName,
  nodesOf,
  shardName,
  zoneName,
  type LinkName,
  type NodeInfo,
} from '../../design/nodes.ts';
import { cacheMemory } from '../../design/memory.ts';
import { formatCount, formatNumber, THIN } from '../format.ts';

export interface Section {
  readonly title: string;
  readonly fields: readonly Field[];
}

export interface Place {
  readonly title: string;
  readonly about: string;
  /** What a fault that is added here is aimed at; undefined where none can be. */
  readonly target: string | undefined;
  /** Names whose faults are listed here. */
  readonly targets: readonly string[];
  readonly sections: readonly Section[];
}

/** Those that one reaches for first stand first. */
const FIRST: readonly FieldKey[] = [
  'cache.timeout',
  'cache.onTimeout',
  'cache.order',
  'cache.fencing',
  'cache.ttl',
  'store.w',
  'store.rf',
  'store.readFrom',
  'store.failover',
];

const LINK_FIELDS: Readonly<Record<LinkName, FieldKey>> = {
  'client-app': 'network.clientApp',
  'app-cache': 'network.appCache',
  'cache-store': 'network.cacheStore',
  'app-store': 'network.appStore',
  replication: 'network.replication',
};

/** Fields with a place of their own elsewhere on the screen. */
const ELSEWHERE: readonly FieldKey[] = ['title', 'policy'];

function isShown(design: Design, field: Field): boolean {
  return !ELSEWHERE.includes(field.key) && mattersFor(field, design.policy);
}

function fieldsOf(design: Design, group: Field['group']): Field[] {
  const fields = FIELDS.filter((field) => field.group === group && isShown(design, field));
  const rank = (field: Field): number => {
    const at = FIRST.indexOf(field.key);
    return at < 0 ? FIRST.length : at;
  };
  return fields.sort((a, b) => rank(a) - rank(b));
}

function fieldsNamed(design: Design, ...keys: readonly FieldKey[]): Field[] {
  return keys.flatMap((key) => fieldByKey(key) ?? []).filter((field) => isShown(design, field));
}

/** `1 replica`, `3 replicas`. */
function counted(value: number, one: string): string {
  return `${formatCount(value)} ${one}${value === 1 ? '' : 's'}`;
}

/** Bytes in the unit that machines are sold in. */
function gigabytes(bytes: number): string {
  return `${formatNumber(bytes / 1e9)}${THIN}GB`;
}

const SHARD = /^shard-(\d+)$/;
const ZONE = /^zone-(\d+)$/;
const WORKLOAD = 'workload';

/** The place of a selection; the whole design where nothing, or nothing that exists, is selected. */
export function placeOf(design: Design, selection: string | undefined): Place {
  const link = LINKS.find((name) => name === selection);
  if (link !== undefined) return linkPlace(design, link);
  const shard = SHARD.exec(selection ?? '')?.[1];
  if (shard !== undefined && Number(shard) <= design.store.shards) return shardPlace(design, Number(shard));
  const leader = /^shard-(\d+)\.leader$/.exec(selection ?? '')?.[1];
  if (leader !== undefined && Number(leader) <= design.store.shards)
    return shardPlace(design, Number(leader));
  const zone = ZONE.exec(selection ?? '')?.[1];
  if (zone !== undefined && Number(zone) <= design.zones) return zonePlace(design, Number(zone));
  // What is aimed at the workload is done by the clients.
  const named = selection === WORKLOAD ? CLIENTS : selection;
  const node = nodesOf(design).find(({ name }) => name === named);
  return node === undefined ? wholeDesign(design) : nodePlace(design, node);
}

function nodePlace(design: Design, { name, tier, zone, shard }: NodeInfo): Place {
  const at = { title: name, target: name, targets: [name] };
  switch (tier) {
    case 'clients':
      return {
        ...at,
        title: CLIENTS,
        target: WORKLOAD,
        targets: [WORKLOAD],
        about: counted(design.workload.sessions, 'session'),
        sections: [
          { title: 'Workload', fields: fieldsOf(design, 'workload') },
          { title: 'Client', fields: fieldsOf(design, 'client') },
        ],
      };
    case 'app':
      return { ...at, about: `zone ${zone}`, sections: [{ title: 'App', fields: fieldsOf(design, 'app') }] };
    case 'cache':
      return {
        ...at,
        about: `${design.cache.node}, ${gigabytes(cacheMemory(design))}`,
        sections: [{ title: 'Cache', fields: fieldsOf(design, 'cache') }],
      };
    case 'store':
      return {
        ...at,
        about: `zone ${zone}`,
        targets: shard === undefined ? [name] : [name, leaderName(shard), shardName(shard)],
        sections: [{ title: 'Store', fields: fieldsOf(design, 'store') }],
      };
  }
}

function zonePlace(design: Design, zone: number): Place {
  const name = zoneName(zone);
  const inside = nodesOf(design).filter((node) => node.zone === zone);
  return {
    title: name,
    about: counted(inside.length, 'node'),
    target: name,
    targets: [name],
    sections: [{ title: 'Network', fields: fieldsNamed(design, 'zones', 'network.crossZone') }],
  };
}

function shardPlace(design: Design, shard: number): Place {
  const replicas = nodesOf(design).filter((node) => node.shard === shard);
  return {
    title: shardName(shard),
    about: `${counted(replicas.length, 'replica')}, writes need ${design.store.w}`,
    target: headOf(design, shard),
    targets: [leaderName(shard), ...replicas.map(({ name }) => name)],
    sections: [{ title: 'Store', fields: fieldsOf(design, 'store') }],
  };
}

function linkPlace(design: Design, link: LinkName): Place {
  return {
    title: link,
    about: 'link',
    target: link,
    targets: [link],
    sections: [{ title: 'Network', fields: fieldsNamed(design, LINK_FIELDS[link], 'network.crossZone') }],
  };
}

function wholeDesign(design: Design): Place {
  return {
    title: 'Design',
    about: '',
    target: undefined,
    targets: [],
    sections: [
      { title: 'Workload', fields: fieldsOf(design, 'workload') },
      { title: 'Client', fields: fieldsOf(design, 'client') },
      { title: 'App', fields: fieldsOf(design, 'app') },
      { title: 'Cache', fields: fieldsOf(design, 'cache') },
      { title: 'Store', fields: fieldsOf(design, 'store') },
      { title: 'Network', fields: fieldsOf(design, 'network') },
      { title: 'Run', fields: fieldsOf(design, 'design') },
    ].filter(({ fields }) => fields.length > 0),
  };
}
