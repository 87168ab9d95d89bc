/** What `throughline help` prints: every command with its flags, what they mean, and what is taken where one is left out. */
import { printDuration } from '../base/units.ts';
import { DEFAULT_SEEDS } from '../design/comparing.ts';
import { VIOLATION_KINDS } from '../design/readings.ts';
import { DEFAULT_QUESTION } from '../design/visibility.ts';
import { STATE_LIMIT } from '../explore/orders.ts';
import { DEFAULT_OPERATIONS } from './orders.ts';
import { DEFAULT_SHOWN } from './violations.ts';
import { DEFAULT_WINDOW_US } from './window.ts';

export const HELP = `throughline run DESIGN [--seed N] [--duration 60s] [--set KEY=VALUE]... [--json | --csv | --report] [--check]
throughline violations DESIGN [--kind lostAckedWrite] [--limit N] [--seed N] [--duration 60s] [--set KEY=VALUE]... [--json]
throughline excerpt DESIGN [--window 12.3s-12.35s] [--seed N] [--duration 60s] [--set KEY=VALUE]... [--json]
throughline trace DESIGN [--window 12.3s-12.35s] [--seed N] [--duration 60s] [--set KEY=VALUE]...
throughline compare A B [--seeds 5] [--seed N] [--duration 60s] [--set KEY=VALUE]... [--json]
throughline visibility DESIGN [--at 0ms,5ms,30ms] [--trials N] [--seed N] [--duration 60s] [--set KEY=VALUE]... [--json]
throughline explore DESIGN [--ops put,put,get] [--crash cache-1] [--fence store] [--variant NAME] [--limit N] [--set KEY=VALUE]... [--json]
throughline anomalies [--json]
throughline presets
throughline keys

DESIGN is a preset's name, a link or its fragment, or a .json file; what it leaves out is the preset's.
--set takes the keys of a link, such as cache.ttl=3s or fault=cache-1:slow:20@10s-18s; keys lists them all.
--json prints one object instead of a table, --csv the series of every 100 ms, --report a text in Markdown.
violations lists them one by one, in the order in which they were found: which version was returned, lost or put back,
which one was expected at least, how long it was out of date or how old its acknowledgement, and the link to that moment.
Versions are numbered as their PUTs begin; the newer one is the one that was committed later, whatever its number.
--kind is one of ${VIOLATION_KINDS.slice(0, 4).join(', ')},
${VIOLATION_KINDS.slice(4).join(', ')}; --limit says how many at most.
excerpt says what a window of the run comes to, beside the whole run: the operations that end in it, and what happens in it.
trace prints every message, wait and service of a window, for ui.perfetto.dev.
--check ends with 1 when a line of the contract does not hold.
compare runs both designs with the same seeds, and says what differs and how sure that is; --set is of both.
A link with vs= holds two designs: compare takes it alone.
visibility says which share of reads that begin so long after a write's acknowledgement return it or something newer.
--at and --trials say how long after it, and after how many writes. The reads that look for one write meet each other: where
they fill a cache, several --at come out lower than each alone (look-aside after 30ms: 99.4 % with eight, 99.9 % alone).
explore tries every order in which the deliveries and timeouts of a few operations on one key can come, and says what
goes wrong: --ops names two to four of them, --crash a node that may crash once, --limit how many states at most.
Seed, delays, rates and faults of the design have no part in that.
--fence store keeps versions from the cache, --variant takes another table for look-aside: delete-first or double-delete.
No design can say these two; they are there to show what they miss.
anomalies lists what goes wrong with caches and replicas: designs that show it, and the same with the remedy; where no
run can show it, what to explore.
Left out, --window is the first ${printDuration(DEFAULT_WINDOW_US)}, --seeds ${DEFAULT_SEEDS}, --at ${DEFAULT_QUESTION.instants.length} times up to ${printDuration(Math.max(...DEFAULT_QUESTION.instants))}, --trials ${DEFAULT_QUESTION.trials},
--ops ${DEFAULT_OPERATIONS}, --limit ${STATE_LIMIT} states or ${DEFAULT_SHOWN} violations.
Bad input ends with 2, and one line that names it.
`;
