// One line for each check, and the sum at the end.
import { isDeepStrictEqual } from 'node:util';

const failures = [];
let passed = 0;

export function check(name, holds, why = '') {
  if (holds) {
    passed++;
    console.log(`ok    ${name}`);
  } else {
    failures.push(name);
    console.log(`FAIL  ${name}${why && `\n      ${String(why).replaceAll('\n', '\n      ')}`}`);
  }
}

export function same(name, direct, proxied) {
  const short = value => (JSON.stringify(value) ?? 'nothing').slice(0, 2000);
  check(name, isDeepStrictEqual(direct, proxied), `without the proxy: ${short(direct)}\nthrough the proxy: ${short(proxied)}`);
}

/** What a part throws is a failure of that part; the others still run. */
export async function part(name, run) {
  const start = Date.now();
  try {
    await run();
  } catch (error) {
    check(name, false, error.stack ?? error);
  }

  console.log(`      ${name}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

export function finish() {
  console.log(failures.length === 0 ? '' : `\nfailed:\n${failures.map(name => `  ${name}`).join('\n')}`);
  console.log(`interop: ${passed} passed, ${failures.length} failed`);
  return failures.length === 0 && passed > 0 ? 0 : 1;
}
