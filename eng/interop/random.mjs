// What differs from run to run by nature, by name. Nothing else is left out of a comparison.
export const random = [
  ['identifier', /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g],
  ['task', /\b[0-9a-f]{32}\b/g],
  ['time of day', /\b\d{1,2}:\d{2}:\d{2}[ \u202f][AP]M\b/g],
  ['instant', /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z/g],
  ['date', /\b[A-Z][a-z]{2} [A-Z][a-z]{2} \d{2} \d{4} \d{2}:\d{2}:\d{2} GMT\+0000 \(Coordinated Universal Time\)/g],
];

// Messages that are left out, by name: log lines that the everything server draws by lot, and how far an operation has come that is given up.
export const isRandom = ({ method, params }) =>
  (method === 'notifications/message' && /level(-| )message/i.test(String(params?.data))) || (method === 'notifications/progress' && params?.total === givenUp);

/** The steps of the operation that is given up. */
export const givenUp = 300;

export function settled(value, key = '') {
  if (typeof value === 'string') {
    const text = key === 'blob' ? Buffer.from(value, 'base64').toString('latin1') : value;
    return random.reduce((all, [name, pattern]) => all.replace(pattern, `<${name}>`), text);
  }

  if (Array.isArray(value)) {
    return value.map(item => settled(item, key));
  }

  return value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, settled(item, name)])) : value;
}
