/** TLV by the rules of Core 1.1 §7.4.4; every shorter or longer form can be asked for. */
import { bigEndian, sizeOf } from '../lib/bytes.mjs';

const KINDS = { instance: 0x00, resourceInstance: 0x40, multiple: 0x80, resource: 0xc0 };

/**
 * @param {keyof typeof KINDS} kind @param {number} id @param {string} value hexadecimal
 * @param {{ wideId?: boolean, lengthBytes?: 0 | 1 | 2 | 3, lowBits?: number, announce?: number }} [form] forced forms;
 *   `announce` is a length other than the true one
 */
export function tlv(kind, id, value, form = {}) {
  const length = form.announce ?? sizeOf(value);
  const wide = form.wideId ?? id > 255;
  const field = form.lengthBytes ?? (length < 8 ? 0 : length < 256 ? 1 : length < 65536 ? 2 : 3);
  const low = field === 0 ? length : (form.lowBits ?? 0);
  const type = KINDS[kind] | (wide ? 0x20 : 0) | (field << 3) | low;
  return bigEndian(type, 1) + bigEndian(id, wide ? 2 : 1) + (field ? bigEndian(length, field) : '') + value;
}

/** @param {number} id @param {string} value @param {Parameters<typeof tlv>[3]} [form] */
export const resource = (id, value, form) => tlv('resource', id, value, form);
/** @param {number} id @param {string} value @param {Parameters<typeof tlv>[3]} [form] */
export const multiple = (id, value, form) => tlv('multiple', id, value, form);
/** @param {number} id @param {string} value @param {Parameters<typeof tlv>[3]} [form] */
export const resourceInstance = (id, value, form) => tlv('resourceInstance', id, value, form);
/** @param {number} id @param {string} value @param {Parameters<typeof tlv>[3]} [form] */
export const instance = (id, value, form) => tlv('instance', id, value, form);

/** Signed integer or time in the narrowest of 1, 2, 4, 8 bytes. @param {bigint | number | string} value */
export function signed(value) {
  const exact = BigInt(value);
  const width = [1, 2, 4].find((bytes) => BigInt.asIntN(bytes * 8, exact) === exact) ?? 8;
  return bigEndian(exact, width);
}

/** @param {bigint | number | string} value */
export function unsignedBytes(value) {
  const exact = BigInt(value);
  const width = [1, 2, 4].find((bytes) => BigInt.asUintN(bytes * 8, exact) === exact) ?? 8;
  return bigEndian(exact, width);
}
