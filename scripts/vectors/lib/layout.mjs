const WIDTH = 120;

/**
 * JSON with whatever fits on one line kept on one line: small objects stay readable and a change stays a small diff.
 * @param {unknown} value
 * @returns {string}
 */
export function layout(value, indent = '', used = 0) {
  const flat = JSON.stringify(value);
  if (value === null || typeof value !== 'object') return flat;
  const spaced = spread(value);
  if (indent.length + used + spaced.length <= WIDTH) return spaced;
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((item) => inner + layout(item, inner, 1)).join(',\n')}\n${indent}]`;
  const lines = Object.entries(value).map(([key, item]) => {
    const head = `${JSON.stringify(key)}: `;
    return inner + head + layout(item, inner, head.length + 1);
  });
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/** One line with blanks behind colons and commas. @param {unknown} value @returns {string} */
function spread(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(spread).join(', ')}]`;
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${spread(item)}`);
  return members.length ? `{ ${members.join(', ')} }` : '{}';
}
