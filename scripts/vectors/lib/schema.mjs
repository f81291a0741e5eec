import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';

const schema = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../../vectors/schema/vectors.schema.json', import.meta.url)), 'utf8'),
);
/** @type {string[]} */
export const FORMATS = schema.$defs.format.enum;

// `required` beside `if` names properties of the enclosing object, which strictRequired cannot see.
const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: false }).compile(schema);

/** @param {any} document @returns {string[]} */
export function schemaProblems(document) {
  if (validate(document)) return [];
  return (validate.errors ?? []).map((error) => {
    const [, , group, , test] = error.instancePath.split('/');
    const name = document.groups[Number(group)]?.tests[Number(test)]?.name ?? '';
    return `${document.format}/${name} ${error.instancePath}: ${error.message ?? ''} ${JSON.stringify(error.params)}`;
  });
}
