import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../base/error.js';
import {
  CODE_NAME,
  codeByte,
  formatCode,
  formatCodeName,
  isRequest,
  isReservedClass,
  isResponse,
  isSuccess,
  METHOD,
  methodName,
  parseCode,
} from './code.js';

describe('codes', () => {
  it('are read and written for every byte', () => {
    for (let byte = 0; byte < 256; byte++) expect(parseCode(formatCode(byte))).toBe(byte);
    expect(formatCode(0x45)).toBe('2.05');
    expect(codeByte('4.22')).toBe(0x96);
    expect(codeByte('7.05')).toBe(0xe5);
  });

  it.each(['', '2', '2.5', '2.005', '2,05', '8.00', '2.32', '2.4x', 'x.05', '-.05', '2.:0'])('refuse %j', (text) => {
    expect(parseCode(text)).toBeUndefined();
    expect(() => codeByte(text)).toThrow(ProblemError);
  });

  it('tell requests from responses', () => {
    expect(['0.01', '0.07', '0.31'].every(isRequest)).toBe(true);
    expect(['0.00', '2.05', '7.01'].some(isRequest)).toBe(false);
    expect(['2.01', '3.00', '4.04', '5.31'].every(isResponse)).toBe(true);
    expect(['0.00', '0.01', '1.00', '6.00', '7.01'].some(isResponse)).toBe(false);
    expect(['2.00', '2.31'].every(isSuccess)).toBe(true);
    expect(['4.04', '0.02'].some(isSuccess)).toBe(false);
    expect([0, 1, 2, 3, 4, 5, 6, 7].filter(isReservedClass)).toEqual([1, 6, 7]);
  });

  it('have names', () => {
    expect(METHOD['0.07']).toBe('iPATCH');
    expect(methodName('0.05')).toBe('FETCH');
    expect(methodName('2.05')).toBeUndefined();
    expect(methodName('constructor')).toBeUndefined();
    expect(formatCodeName('0.01')).toBe('GET');
    expect(formatCodeName('2.31')).toBe('2.31 Continue');
    expect(formatCodeName('4.27')).toBe('4.27');
    expect(Object.keys(CODE_NAME).every((code) => parseCode(code) !== undefined)).toBe(true);
  });
});
