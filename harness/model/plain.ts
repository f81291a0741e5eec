/**
 * A value as cases, SUT files and control messages write it; the model's type says what it means:
 * integers and times as number or decimal string, opaque as hexadecimal, an object link as `o:i`.
 */
export type Plain = string | number | boolean;

/** Values of an Object Instance or a multiple Resource by path relative to the target: `{ "14": "+02", "7/0": 3800 }`. */
export type PlainContent = Readonly<Record<string, Plain>>;
