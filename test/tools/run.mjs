// Runs one of the house's own tools, which are TypeScript: node test/tools/run.mjs TOOL.ts [ARGUMENT]...
import { load } from '../../src/cli/load.mjs';

const [tool, ...args] = process.argv.slice(2);
if (tool === undefined) throw new Error('which tool? node test/tools/run.mjs TOOL.ts [ARGUMENT]...');
const { main } = await load(tool, { packages: 'external' });
process.exitCode = await main(args);
