/**
 * The words of the field, each with one line for who does not know it: what is on the screen in a word can be read in
 * a sentence. Terms stand as they stand on the screen, in lower case but for names. Texts alone; it knows no design.
 */

export const GLOSSARY = {
  p50: 'The median: half of the operations took no longer.',
  p99: '99 of 100 operations took no longer; one in a hundred did.',
  PUT: 'A write: a client gives a key a new value.',
  GET: 'A read: a client asks for the value of a key.',
  session: 'One client in one sitting: what it wrote, it expects to read.',
  'key skew':
    'How unequal keys are: the exponent of the Zipf distribution that they are drawn from. At 0 all are alike.',
  key: 'What a value is stored under, named by its popularity: key 0 is asked for most.',
  'in flight': 'Operations that clients have begun and that have not ended yet.',
  'no reply': 'Operations a second that ended without an answer of use: failed, or given up on.',
  'slots in use':
    'Requests that the node serves at once, of as many as it can; they do not count while waiting for others.',
  timeout:
    'Whoever called has waited as long as it would and goes on without the answer; what it asked for goes on too.',
  'timed out': 'Calls a second that took longer than their caller would wait.',
  failed: 'Ended without an answer of use: refused, or a read that was given up on.',
  'given up on': 'Nobody waits for it any more, and it still goes on to do what it was sent to do.',
  queue:
    'What has arrived and waits for a server, in the order of arrival. The tick is the depth at which a call times out.',
  wait: 'Mean time in the queue of what began to be served, over the last 100 ms.',
  utilisation: 'Share of the time of all servers that was spent serving, over the last 100 ms.',
  'hit ratio': 'Share of lookups that found a live entry in the cache.',
  entries: 'Values that the cache holds and that have not expired.',
  TTL: 'Time to live: how long an entry may be served after it was last written or filled.',
  tombstone:
    'What a deletion leaves behind: it refuses older versions that come late, until its own time is over.',
  version: 'The number of a value of one key, counted by when its PUT began; 0 is the value before the run.',
  stale: 'Older than the newest committed version.',
  dirty: 'Shown before it is committed: it may still come to nothing.',
  committed: 'On as many disks as a write needs: it is not lost with fewer than that.',
  quorum: 'As many replicas as must answer before the call is answered itself.',
  leader: 'The replica that takes the writes of its shard and brings them to the others.',
  replica: 'One of the copies of a shard, on a host and a disk of its own.',
  shard: 'A part of the keys, kept apart from the others.',
  zone: 'A data centre: what fails together, and what costs time and money to cross.',
  lag: 'Age of the oldest committed write that this replica does not show yet.',
  replication:
    'A write on its way from the leader to the other replicas; hollow, its report that it is durable.',
  invalidation: 'A message that makes the cache delete what it holds of a key.',
  answer: 'A reply on its way back: hollow, in the colour of what was asked.',
  fencing:
    'Refusing what comes late: by the version it carries, or by a lease that was taken back meanwhile.',
  lease:
    'A number that a miss is given: the value that it loads is taken only while nobody wrote the key since.',
  failover: 'How long a leader must be silent before the others elect one among them.',
  staleness: 'How long ago the value that was read had been overwritten when the read began.',
  'read your writes': 'A session that was told its write is done never reads anything older.',
  'monotonic reads': 'A session never reads something older than it has read before.',
  'data loss': 'RPO, recovery point objective: age of the oldest acknowledged write that was lost.',
  RPO: 'Recovery point objective: age of the oldest acknowledged write that may be lost.',
  RTO: 'Recovery time objective: how long it takes after a fault until the contract holds again.',
  availability: 'Share of operations that ended with an answer of use.',
  'write amplification': 'Writes to caches and disks for each write of a client.',
  'store regression': 'An older version overwrote a newer one that the store was showing.',
  'phantom read': 'A read returned a value that was never committed.',
  freshness: 'Share of reads that see a write, by how long after its acknowledgement they begin.',
  'straight to the store': 'Calls of the app that go past the cache.',
} as const satisfies Readonly<Record<string, string>>;

export type Term = keyof typeof GLOSSARY;

const TERMS = (Object.keys(GLOSSARY) as Term[]).sort((a, b) => b.length - a.length);

/** The longest term that a label holds as whole words, be it in the plural; undefined where it holds none. */
export function termIn(label: string): Term | undefined {
  const text = ` ${label.toLowerCase().replace(/[^\w]+/g, ' ')} `;
  return TERMS.find((term) => {
    const words = term.toLowerCase();
    return text.includes(` ${words} `) || text.includes(` ${words}s `);
  });
}
