/**
 * Node sets that several formats carry, by equivalence id. A family takes what it can express:
 * `for (const [id, { context, nodes }] of Object.entries(SHARED)) …`
 */
import { boolean, corelnk, emptyMultiple, float, integer, objlnk, opaque, string, time, unsigned } from './values.mjs';

/** @typedef {{ model: string, path: string, nodes: import('./values.mjs').Node[], comment: string }} SharedSet */

/** @param {string} comment @param {string} model @param {string} path @param {...import('./values.mjs').Node} nodes @returns {SharedSet} */
const set = (comment, model, path, ...nodes) => ({ comment, model, path, nodes });

/** One value of a resource of the test object. */
const one = (/** @type {string} */ comment, /** @type {import('./values.mjs').Node} */ node) =>
  set(comment, 'test', node.path, node);

const [STRING, INTEGER, UNSIGNED, FLOAT, BOOLEAN, OPAQUE, TIME, OBJLNK, CORELNK] = [
  110, 120, 125, 130, 140, 150, 160, 170, 180,
].map((id) => `/3442/0/${id}`);

/** Single values: every format that carries one value can express these (opaque 42 only the opaque ones). @type {Record<string, SharedSet>} */
export const SINGLE = {
  'string-empty': one('the empty string', string(STRING, '')),
  'string-ascii': one('eleven ASCII characters', string(STRING, 'Hello world')),
  'string-utf8': one('characters of two, three and four bytes', string(STRING, 'é€😀')),
  'integer-0': one('zero', integer(INTEGER, 0)),
  'integer-1': one('one', integer(INTEGER, 1)),
  'integer-minus-1': one('minus one', integer(INTEGER, -1)),
  'integer-127': one('largest in one byte', integer(INTEGER, 127)),
  'integer-128': one('smallest positive that needs two bytes', integer(INTEGER, 128)),
  'integer-minus-128': one('smallest in one byte', integer(INTEGER, -128)),
  'integer-minus-129': one('largest negative that needs two bytes', integer(INTEGER, -129)),
  'integer-int32-max': one('2^31-1', integer(INTEGER, 2147483647)),
  'integer-int32-over': one('2^31', integer(INTEGER, 2147483648)),
  'integer-int32-min': one('-2^31', integer(INTEGER, -2147483648)),
  'integer-2p53-plus-1': one('2^53+1, which a double cannot hold', integer(INTEGER, '9007199254740993')),
  'integer-int64-max': one('2^63-1', integer(INTEGER, '9223372036854775807')),
  'integer-int64-min': one('-2^63', integer(INTEGER, '-9223372036854775808')),
  'unsigned-0': one('unsigned zero', unsigned(UNSIGNED, 0)),
  'unsigned-255': one('unsigned 255', unsigned(UNSIGNED, 255)),
  'unsigned-65535': one('unsigned 65535', unsigned(UNSIGNED, 65535)),
  'unsigned-uint32-max': one('unsigned 2^32-1', unsigned(UNSIGNED, 4294967295)),
  'unsigned-uint64-max': one('unsigned 2^64-1', unsigned(UNSIGNED, '18446744073709551615')),
  'float-1-5': one('1.5, exact in binary16', float(FLOAT, 1.5)),
  'float-minus-2-25': one('-2.25', float(FLOAT, -2.25)),
  'float-0-1': one('0.1, exact in no width', float(FLOAT, 0.1)),
  'float-273-15': one('273.15', float(FLOAT, 273.15)),
  'boolean-true': one('true', boolean(BOOLEAN, true)),
  'boolean-false': one('false', boolean(BOOLEAN, false)),
  'opaque-empty': one('no bytes', opaque(OPAQUE, '')),
  'opaque-deadbeef': one('four bytes', opaque(OPAQUE, 'deadbeef')),
  'opaque-fbffbf': one('three bytes that use both special characters of base64', opaque(OPAQUE, 'fbffbf')),
  'time-1700000000': one('2023-11-14T22:13:20Z', time(TIME, 1700000000)),
  'time-minus-1': one('a second before 1970', time(TIME, -1)),
  'time-4102444800': one('2100-01-01, beyond 2^32', time(TIME, 4102444800)),
  'objlnk-3-0': one('link to /3/0', objlnk(OBJLNK, '3:0')),
  'objlnk-null': one('the null link', objlnk(OBJLNK, '65535:65535')),
  'corelnk-3-0': one('one link', corelnk(CORELNK, '</3/0>')),
};

/** Several values: the formats that carry a tree or a list of paths. @type {Record<string, SharedSet>} */
export const SEVERAL = {
  'device-3-0-6': set(
    'a multiple resource with two instances',
    'device',
    '/3/0/6',
    integer('/3/0/6/0', 1),
    integer('/3/0/6/1', 5),
  ),
  'device-3-0-short': set(
    'a small Device',
    'device',
    '/3/0',
    string('/3/0/0', 'Example Corp'),
    string('/3/0/1', 'EX-1'),
    integer('/3/0/6/0', 1),
    integer('/3/0/6/1', 5),
    integer('/3/0/11/0', 0),
    string('/3/0/16', 'U'),
  ),
  'device-3-0': set(
    'the Device of the TS examples, as corrected',
    'device',
    '/3/0',
    string('/3/0/0', 'Open Mobile Alliance'),
    string('/3/0/1', 'Lightweight M2M Client'),
    string('/3/0/2', '345000123'),
    string('/3/0/3', '1.0'),
    integer('/3/0/6/0', 1),
    integer('/3/0/6/1', 5),
    integer('/3/0/7/0', 3800),
    integer('/3/0/7/1', 5000),
    integer('/3/0/8/0', 125),
    integer('/3/0/8/1', 900),
    integer('/3/0/9', 100),
    integer('/3/0/10', 15),
    integer('/3/0/11/0', 0),
    time('/3/0/13', 1367491215),
    string('/3/0/14', '+02:00'),
    string('/3/0/16', 'U'),
  ),
  'access-2-several': set(
    'two Access Control instances, one with two entries',
    'access',
    '/2',
    integer('/2/0/0', 1),
    integer('/2/0/1', 0),
    integer('/2/0/2/127', 7),
    integer('/2/0/3', 127),
    integer('/2/2/0', 3),
    integer('/2/2/1', 0),
    integer('/2/2/2/127', 7),
    integer('/2/2/2/310', 1),
    integer('/2/2/3', 127),
  ),
  'links-65-0': set(
    'a multiple resource of object links',
    'links',
    '/65/0',
    objlnk('/65/0/0/0', '66:0'),
    objlnk('/65/0/0/1', '66:1'),
    string('/65/0/1', '8613800755500'),
    integer('/65/0/2', 1),
  ),
  'server-1-0': set(
    'a Server instance',
    'server',
    '/1/0',
    integer('/1/0/0', 101),
    integer('/1/0/1', 86400),
    integer('/1/0/2', 300),
    integer('/1/0/3', 6000),
    integer('/1/0/5', 86400),
    boolean('/1/0/6', true),
    string('/1/0/7', 'U'),
  ),
  'test-every-type': set(
    'one resource of every data type',
    'test',
    '/3442/0',
    string('/3442/0/110', 'text'),
    integer('/3442/0/120', -300),
    unsigned('/3442/0/125', 300),
    float('/3442/0/130', 21.5),
    boolean('/3442/0/140', true),
    opaque('/3442/0/150', '0102'),
    time('/3442/0/160', 1700000000),
    objlnk('/3442/0/170', '3:0'),
    corelnk('/3442/0/180', '</3/0>'),
  ),
};

/** Only where an empty multiple resource can be told from an absent one (TLV, LwM2M CBOR). @type {Record<string, SharedSet>} */
export const EMPTY = {
  'multiple-empty': set('a multiple resource without instances', 'device', '/3/0/6', emptyMultiple('/3/0/6')),
};
