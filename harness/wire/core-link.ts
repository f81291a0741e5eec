/** CoRE Link Format, Content-Format 40: the grammar of RFC 6690 and what LwM2M says with it. */
export { formatDiscover, parseDiscover, type DescribedLink, type DiscoverPayload } from './core-link-discover.js';
export {
  attributeOf,
  decodeLinks,
  formatLinks,
  LINK_LENIENCIES,
  parseLinks,
  type Link,
  type LinkAttribute,
  type LinkSpec,
} from './core-link-grammar.js';
export {
  alternatePath,
  decodeLinksWithRemarks,
  formatRegistration,
  parseRegistration,
  REGISTRATION_STYLES,
  type RegisteredObject,
  type RegistrationPayload,
  type RegistrationSpec,
} from './core-link-registration.js';
