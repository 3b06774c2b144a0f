// The proxy among real peers. eng/interop.sh lays out what this needs, and starts it.
import { completeConforms, everythingConforms, newestConforms } from './conformance.mjs';
import { everything } from './everything.mjs';
import { filesystem } from './filesystem.mjs';
import { inspector } from './inspector.mjs';
import { memory } from './memory.mjs';
import { newestOnHttp, newestOnStdio } from './newest.mjs';
import { allRecipes, pathFence, readOnly } from './recipes.mjs';
import { recordOnHttp, recordOnStdio } from './recordings.mjs';
import { finish, part } from './report.mjs';
import { samples } from './samples.mjs';

const parts = {};
for (const server of [everything, filesystem, memory]) {
  parts[`${server.name}-stdio`] = () => recordOnStdio(server);
  parts[`${server.name}-http`] = () => recordOnHttp(server);
}

Object.assign(parts, { 'newest-stdio': newestOnStdio, 'newest-http': newestOnHttp, 'path-fence': pathFence, 'read-only': readOnly, recipes: allRecipes, conformance: completeConforms, 'conformance-everything': everythingConforms, 'conformance-newest': newestConforms, inspector, samples });

const wanted = process.argv.slice(2);
for (const [name, run] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) {
    await part(name, run);
  }
}

process.exit(finish());
