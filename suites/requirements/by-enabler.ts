/** The same values in every enabler. */
export const all = <const T extends readonly string[]>(...values: T) => ({
  '1.0': values,
  '1.1': values,
  '1.2': values,
});
/** The same values in those that have the feature. */
export const from11 = <const T extends readonly string[]>(...values: T) => ({ '1.1': values, '1.2': values });
export const until11 = <const T extends readonly string[]>(...values: T) => ({ '1.0': values, '1.1': values });
export const only10 = <const T extends readonly string[]>(...values: T) => ({ '1.0': values });
export const only11 = <const T extends readonly string[]>(...values: T) => ({ '1.1': values });
export const only12 = <const T extends readonly string[]>(...values: T) => ({ '1.2': values });
