// Whether there is a build to look at; where there is none, the one line that says so is the answer.
import { existsSync } from 'node:fs';

export const MANIFEST = 'dist/.vite/manifest.json';

if (!existsSync(MANIFEST)) {
  console.error('dist/ holds no build: npm run build makes one');
  process.exit(1);
}
