#!/usr/bin/env node
// The command `throughline`: starts the command line interface, which is TypeScript, right after an install.
import { load } from './load.mjs';

const { main } = await load('src/cli/main.ts', { packages: 'bundled' });
process.exitCode = await main(process.argv.slice(2));
