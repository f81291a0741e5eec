/**
 * The edge categories of each format, and which vectors cover each of them.
 *
 * A line: what the category is; which results it must have (v, a, i); which vectors are its own. A selector is a flag
 * (`Int64`), a group (`#integer`), or words of the comment as a regular expression (`~tag [01]`); `#time~tag` takes what
 * has both. Several stand apart by ` + `. Three vectors are wanted; a line that ends in `| 1` or `| 2` says that so many
 * say all there is.
 */
const LINES = {
  tlv: `
    integers at the limits of each width | v | #integer-edges + Int64
    no integer of three bytes is written | v | #integer-edges~838860
    integers beyond 2^53, to the end of 64 bits | v | Int64
    integers in more bytes than needed | v | WiderThanNeeded
    unsigned integers to 2^64-1, also against a signed resource | v | #unsigned-edges
    floats of four and eight bytes | v | #float
    minus zero, infinities, NaN, subnormals | v | FloatSpecial
    floats of a width that does not exist | i | #bad-float-widths
    integers and times of a width that does not exist | i | #bad-integer-widths
    booleans other than 00 and 01, or not of one byte | v i | #boolean
    values of no bytes | v | EmptyValue + ~no bytes$ + ~the empty string
    strings: UTF-8 of two to four bytes, NUL, combining marks | v | #text~string "
    bytes that are no UTF-8 | i | BadUtf8
    values that look like a TLV | v | LooksLikeTlv
    times: zero, negative, 2^31, 2^32 | v | #time
    object links, the null link | v a i | #objlnk + ~link
    a value of type Corelnk | v | ~Corelnk + ~data type | 2
    length forms, switching at 8, 256 and 65536 | v | LengthForm
    identifiers of 8 and 16 bits | v a | #identifiers
    headers in a longer form than needed, low bits beside a length | a | NonMinimal
    multiple resources: none, one, unordered, wide identifiers | v | Multiple + EmptyMultiple
    one and several object instances, empty ones | v | #objects
    an instance or resource wrapper where the path leaves none open | a | WrapperWhereNone
    Create with and without an instance | v a | #create
    order, unknown resources | v a | #order
    many TLVs in one payload | v | Large
    Content-Format of before the registration | a | LegacyNumber | 1
    every kind of header, cut at each place | i | #truncated-headers
    payloads cut elsewhere, single bytes | i | #truncated
    announced lengths of up to 16 MiB | i | HugeLength
    children longer than their parent, bytes left over in it | i | Overrun
    kinds inside of kinds that cannot hold them | i | Nesting
    one identifier twice, at each level | i | Duplicate
    identifiers other than those of the path | i | OtherPath
    multiple for single and the reverse | i | WrongKind
    the reserved identifier 65535 | a | ReservedId
    an executable resource with a value | a | #executable | 1
    an empty payload at each level | v a i | EmptyPayload
    printed examples of the specification, and corrected | v i | SpecErratum
    values that have no encoding | i | NotEncodable`,
  'oma-json': `
    base name and names, split and joined in each way | v | BaseName
    names relative to the request | a | RelativeName
    names that are no path of identifiers | i | BadPath
    names outside of the request | i | OutsidePath
    64-bit integers, exact | v | Int64
    integers out of range | i | OutOfRange
    integers written with a fraction or exponent | a i | NumberForm
    floats, correctly rounded; beyond binary64 | v a | FloatDigits + ~beyond binary64
    strings that look like other values | v | #strings~^"
    opaque values in base64, its other forms | v a i | Base64 + Base64Form
    object links, the null link and its printed form | v a i | ObjectLink + ~null link
    booleans and numbers in the wrong type | i | WrongType
    base time and times, historical values | v a i | Time + #times
    no list of entries, an empty one | a i | Empty + ~no member e
    entries with no value, or with two | i | Structure
    names and members that stand twice | a | Duplicate
    unknown members are passed over | v | #structure~unknown member | 2
    another root, SenML under this number | i | Root + ~SenML sent
    Content-Formats of before, and of newer clients | v a | FormatNumber
    bytes that are no UTF-8 | i | BadUtf8
    text that is no JSON, text behind the value, cut text | i | NotJson + TrailingData + Truncated
    values that have no encoding | i | NotEncodable | 2`,
  'senml-json': `
    base name and name, split at each place | v | #base-name
    a base name replaced and ended within the pack | v | ~second base name + ~empty base name | 2
    names that are no absolute path of identifiers | i | #bad-paths
    leading zeros, the reserved identifier | a | #bad-paths~identifier | 2
    names outside of the request | i | #outside
    an alternate root path | a | RootPath | 2
    devices behind a gateway | a | GatewayPrefix | 2
    64-bit integers, exact | v | Int64
    integers out of range | i | OutOfRange
    integers written with a fraction or exponent | a | NumberForm
    a fraction for an integer | i | NumberKind
    floats with many digits, small and large ones, beyond binary64 | v a | FloatDigits + ~beyond binary64
    minus zero | a | ~negative zero | 1
    NaN and infinities | i | #float~NaN + #float~Infinity
    numbers that JSON does not have | i | #bad-values
    booleans, and what is none | v i | #boolean
    every escape, surrogate pairs, NUL | v | #text~\\\\
    halves of a surrogate pair | a | LoneSurrogate
    bytes that are no UTF-8 | i | BadUtf8
    base64url, padded, of the other alphabet, broken | v a i | #opaque
    object links, and texts that are none | v a i | #objlnk
    times: negative, large, with a fraction | v i | #time-values
    base time and time, sums, fractions of a second | v i | #time
    series of times, two values at one time | v a | #time-series
    no value, and two values in one record | i | ValueCount
    a label twice in a record | a | DuplicateLabel
    base value, sums, units | a | BaseValue
    versions | v a i | Version
    labels that are not known; that must be understood | v i | UnknownLabel + MustUnderstand
    a value under the label of another type | i | WrongType
    null | i | Null
    no record, no payload | v a i | #empty
    other roots | i | Root
    lists of paths for Read-Composite, values in them | v a i | #path-list
    text that is no JSON; behind the value; cut | i | NotJson + TrailingData + Truncated
    byte order mark, UTF-16 | a i | Encoding
    depth and size | v a i | Depth + Large
    values that have no encoding | i | NotEncodable`,
  'senml-cbor': `
    labels as numbers; known ones as texts | i | TextLabel
    a label in more bytes than needed | a | ~label 0 in two bytes | 1
    labels in any order | v | #key-order
    arrays, records, texts of indefinite length | a i | Indefinite
    base name and name, split at each place | v | #base-name
    names that are no path, outside of the request | i | #bad-paths + #outside
    devices behind a gateway, alternate root path | a | GatewayPrefix + RootPath
    integers at each size of head | v | IntegerHead
    heads longer than needed | a | LongHead
    64-bit limits, and beyond; bignums | v i | Int64 + OutOfRange
    floats of three widths, subnormals of binary16 | v | FloatWidth
    minus zero, infinities, NaN, NaN with other bits | v | FloatSpecial
    an integer for a float; a float for an integer | v a i | NumberKind
    decimal fractions, bigfloats | v a | DecimalFraction + ~bigfloat
    booleans, and what is none | i | #boolean
    texts at each size of head | v | Text
    bytes that are no UTF-8 | i | BadUtf8
    opaque values; texts for them | v i | #opaque
    object links under vlo, and where else they were seen | v a i | #objlnk
    times with and without tag, with a fraction | v a i | #time-values
    base time and time, sums, decimal fractions | v i | #time
    series of times | v a | #time-series
    versions | v a i | Version
    base value, sums, units | a | BaseValue
    labels that are not known; that must be understood | v i | UnknownLabel + MustUnderstand
    a label twice in a record | i | DuplicateLabel
    no value, and two values in one record | i | ValueCount
    null, undefined, simple values, containers | i | Null + NoValue
    a value under the label of another type | i | WrongType
    other roots, the self-described tag | a i | #roots
    no record, no payload | v a i | #empty
    lists of paths for Read-Composite, values in them | v a i | #path-list
    more or fewer items than announced, cut payloads | i | Truncated
    bytes behind the array | i | TrailingData
    heads that CBOR reserves, breaks out of place | i | NotWellFormed
    huge counts and lengths | i | HugeCount
    depth and size | v a i | Deep + Large
    values that have no encoding | i | NotEncodable`,
  'senml-etch-json': `
    FETCH of one path at each level, of several, by base names | v | #fetch
    one path twice, one below another, an empty list | a | #fetch~twice|below|no record
    a value in a FETCH | i | #fetch~record with|value in
    labels of no use in a FETCH | a | UselessLabel
    neither name nor base name; names that are no path | i | BadPath
    iPATCH with values of every type | v | #patch~a value of type
    null deletes resource instances, also absent ones | v | Delete
    null under another label | i | #patch~^null under|undefined
    null where no resource instance is | a | DeleteLevel
    set and deleted in one pack | a | PatchOrder | 2
    a record without a value, or with two | i | #patch~without value|two values
    one bad record spoils the pack | i | #patch~nothing of the pack | 1
    null in the plain format | i | PlainNull | 1
    labels that must be understood | i | MustUnderstand | 2
    versions | v i | Version
    text that is no JSON | i | Malformed`,
  'senml-etch-cbor': `
    FETCH of one path at each level, of several, by base names | v | #fetch
    one path twice, one below another, an empty list | a | #fetch~twice|below|no record
    a value in a FETCH | i | #fetch~record with|value in
    labels of no use in a FETCH | a | UselessLabel
    neither name nor base name; names that are no path | i | BadPath
    iPATCH with values of every type | v | #patch~a value of type
    null deletes resource instances, also absent ones | v | Delete
    null under another label, undefined | i | #patch~^null under|undefined
    null where no resource instance is | a | DeleteLevel
    set and deleted in one pack | a | PatchOrder | 2
    a record without a value, or with two | i | #patch~without value|two values
    one bad record spoils the pack | i | #patch~nothing of the pack | 1
    null in the plain format | i | PlainNull | 1
    labels that must be understood | i | MustUnderstand | 2
    versions | i | Version | 2
    arrays and maps of indefinite length | a | Indefinite
    bytes that are no pack of CBOR | i | Malformed`,
  'lwm2m-cbor': `
    one value in each layout of maps and array keys | v | Layout
    keys of several depths, one instance under two keys | v | #layouts~depths|two keys|mixed
    maps and keys of indefinite length | v | Indefinite
    the path of the request at each level | v | #levels
    keys out of order, heads longer than needed | v a | #layouts~ascending|bytes$ + LongHead
    identifiers at each size of head, 65534 | v | #layouts~^resource|^instance
    Create, also of the instance that the client chooses | v a | #create
    keys relative to the path | a | Relative | 2
    every data type | v | #shared-single
    integers and floats at their limits | v i | #numbers
    times with and without tag | v a i | #other-types~time|tag|whole float
    texts and bytes in chunks | v | #other-types~chunk
    object links, and texts that are none | v i | ObjectLink
    null as a deletion and as a value | v a | Null
    undefined, simple values, bignums, unknown tags | a i | NoValue + Tag + ~bignum
    empty maps | v a | EmptyMap
    values and maps at the wrong level, five identifiers | i | WrongLevel
    a value of another type | i | WrongType
    keys that are no identifiers, empty array keys | i | BadKey
    the reserved identifier 65535 | a | ReservedId | 2
    identifiers beyond 16 bits; numbers out of range | i | OutOfRange + #keys~6553|range|beyond|large|bits
    paths outside of the request | i | OutsidePath
    one path twice, written alike and otherwise | i | Duplicate
    devices behind a gateway | a i | GatewayPrefix
    other roots, the self-described tag, no byte | a i | #roots
    cut payloads, counts that do not hold | i | Truncated
    bytes behind the map | i | TrailingData
    heads that CBOR reserves | i | NotWellFormed
    bytes that are no UTF-8 | i | BadUtf8
    depth | i | Deep
    values that have no encoding | i | NotEncodable`,
  text: `
    integers, 64-bit limits, beyond | v i | Int64 + OutOfRange
    a plus sign, leading zeros, minus zero | a | #integer-lenient
    blanks, line breaks, other notations of an integer | i | #integer-bad
    unsigned integers | v a i | #unsigned
    floats: small, large, many digits, rounding | v | #float
    minus zero keeps its sign | v | #float~negative zero | 2
    exponents, missing digits, NaN and infinities | a | #float-lenient
    texts that are no float | i | #float-bad
    booleans, and what is none | v i | #boolean
    times, and what is none | v a i | #time
    object links, and texts that are none | v a i | #objlnk
    base64, its other forms, what is none | v a i | #opaque
    strings: empty, controls, NUL, line ends, 64 KiB | v | #string + ~empty string
    bytes that are no UTF-8 | i | BadUtf8
    values of type Corelnk | v | CoreLink
    one resource instance; several values | v a i | #levels
    an executable resource | a | ~execut | 1
    Content-Format left out, or of before | a | FormatNumber | 2`,
  opaque: `
    no bytes, one byte, every byte | v | #bytes~one byte|each value + Empty
    lengths around the size of a block, 64 KiB | v | BlockEdge
    bytes that look like another format | v | LooksLike
    one resource instance; several values; instances and objects | v a i | Level
    types other than Opaque | i | WrongType
    strings as bytes | a | StringAsBytes | 2
    an executable resource | a | ~execut | 1
    values of Opaque that other formats carry too | v | #shared-single
    values that have no encoding | i | NotEncodable`,
  cbor: `
    integers at each size of head | v | IntegerHead
    heads longer than needed | a | LongHead
    64-bit limits, beyond, bignums | v i | Int64 + OutOfRange
    floats of three widths, subnormals | v | FloatWidth
    minus zero, infinities, NaN | v | FloatSpecial
    a float for an integer, an integer for a float | a i | NumberKind
    decimal fractions and bigfloats | a | #decimal
    booleans, and what is none | v i | #boolean + ~^true$|^false$
    texts at each size of head | v | Text
    bytes that are no UTF-8 | i | BadUtf8
    texts and bytes in chunks | v a i | Indefinite
    opaque values | v | Opaque
    times: without tag, tag 1, tag 0, dates that are none | v a i | #time
    object links, and texts that are none | v a i | #objlnk
    a value of type Corelnk | v i | ~Corelnk
    a value of another type | i | WrongType
    bytes behind the value, two values, none | i | TrailingData + ~no byte at all
    maps and arrays, null, undefined, simple values | i | NoValue
    the self-described tag, other tags | a | #no-value~tag | 2
    heads that CBOR reserves | i | NotWellFormed
    cut values, each byte of a double | i | Truncated
    one resource instance; several values | v i | #levels`,
  'link-format': `
    lists of links; none; a thousand; 64 KiB | v | Large + #targets
    blanks after commas and elsewhere | a | #blanks
    commas and brackets missing or too many, unquoted lists | i | #malformed
    an attribute twice | a i | Repeated
    attributes: unknown, without value, quoted with anything in them | v | Attributes
    quoted pairs | v | QuotedPair
    UTF-8 in quotes, bytes that are none | v i | Unicode
    relative, absolute, percent-encoded targets | v | #targets~absolute|relative|percent
    registrations: root, formats, alternate path, objects without instances | v | #register
    a registration without a list; an Update without | v a | Empty
    versions of objects | v a i | Version
    objects that a registration does not list; resources; links twice | a | #register-tolerance
    identifiers up to 65534, and beyond | i | IdRange
    leading zeros, slashes at the end, other targets | a | #register-tolerance~target
    devices behind a gateway | v | ~gateway | 1
    an alternate path | v a | AlternatePath
    Discover at each level | v | #discover
    depth 0 to 3 | v | Depth
    number of instances | v a | Dimension
    attributes of notifications, and broken ones | v i | NotificationAttribute
    Bootstrap-Discover: instances, server ids, addresses | v a | BootstrapDiscover
    server ids and versions that are none | i | ServerId + #bootstrap-discover~lwm2m
    a version beside the links | a | BareAttribute | 2
    cut lists | i | Truncated
    printed examples of the specification | a i | SpecErratum`,
  coap: `
    the smallest messages of each type | v | Basic + #header~smallest|acknowledgement|reset
    fewer than four bytes; cut tokens, options, values | i | Truncated
    versions other than 1: decoding, and what an endpoint does | v i | Version
    tokens of 0 to 8 bytes, lengths 9 to 15 | v i | Token + TokenLength
    empty messages with something in them | v i | Empty
    methods and codes, known and unknown | v | Codes
    classes 1, 6 and 7 | v a | ReservedCode
    deltas and lengths in each form, to number 65,535 | v | ExtendedOption
    delta and length 15; numbers beyond 65,535 | i | OptionNibble + OptionLimit
    payload marker: none, alone, twice, inside | v i | Marker
    segments of the path and of the query | v | #option-values
    Content-Formats and numbers with leading zeros | v | LeadingZero
    Accept and other options twice | v | Repeated
    Observe of 0 to 4 bytes | v | Observe
    blocks: numbers, sizes, the reserved size | v a | Block
    options that are not known, elective and critical | v | UnknownOption
    options of a length they cannot have | v | OptionLength
    If-None-Match with a value | v | ~If-None-Match with | 2
    ETag of no and of nine bytes | v | ~ETag of no byte|ETag of 9
    Location-Path and Location-Query | v | ~Location | 2
    acknowledgement, piggy-backed and separate answers | v | #reporting~separate|acknowledgement | 2
    ACK and RST that carry a request | v | ~an ACK with a|an RST with a | 2
    Max-Age | v | ~Max-Age
    host and port, No-Response, sizes | v | ~host and port|No-Response|Size
    options are sorted by an encoder | v | OptionOrder | 2
    messages of LwM2M | v | LwM2M
    the example of the TS over SMS | v | SpecErratum | 1
    frames of CoAP over TCP, signals | v i | Tcp + Signalling
    what an endpoint does with a malformed message, with options | v | #process-format + #process-options
    messages that have no encoding | i | NotEncodable`,
  'execute-args': `
    none, one, all ten digits | v | Basic
    values: empty, with commas and equals signs, every character allowed | v | #characters
    quotes, backslash, controls, DEL, letters beyond ASCII | i | Characters
    blanks in a value | a | Blank | 2
    blanks elsewhere | i | #syntax~" |, |= |1 [,"=]
    a digit twice, with the same and with another value | a i | Duplicate
    what is no digit | i | #syntax~^"(10|a|-1|\\+1|1\\.5|0x1)"
    quotes missing or others, equals sign alone | i | #syntax~^"3|^"=
    commas too many | i | #syntax~,
    a value of 64 KiB | v | Large | 1
    Content-Format left out, or another | v a | FormatNumber | 2
    the printed example | a | SpecErratum | 1
    values that have no encoding | i | NotEncodable`,
  'attributes-query': `
    each attribute with a value | v | Set
    each attribute taken away | v | Unset
    an equals sign without a value | i | EmptyValue
    periods to 2^32-1, and beyond | v a | Period + Range
    numbers that are none | i | BadNumber
    thresholds with decimals; negative ones | v a | Threshold + Sign
    a step of zero or less | a i | Step
    edge, con, hqmax | v i | #flags
    edge where it has no meaning | i | #flags~edge on a resource
    minimum and maximum beside each other | v a | PeriodOrder
    lt, gt and st beside each other | v a i | ThresholdOrder
    one attribute twice, set and unset | a | Repeated
    unknown attributes, of newer versions | v a | Newer + ~foo
    properties cannot be written | i | Property
    capital letters, blanks, percent encoding | i | #names~small letters|" |%|^"pmin 
    empty options, several attributes in one | a | Splitting
    at each level; thresholds above a resource | v i | Level
    thresholds on types that have no order | v a | #types
    leading zeros, more digits than a double holds | a | LeadingZero + Digits
    one bad attribute and nothing is applied | i | AllOrNothing
    in an Observe and Observe-Composite | v i | Observe
    numbers are written without an exponent | v | Canonical`,
  'registration-query': `
    names and order of the parameters of each version | v | Basic + Order
    endpoint names: any character, none, empty, twice | v a i | Endpoint
    a name as long as an option can be, and longer | v i | ~an option lets it be|256 bytes | 2
    lifetimes: limits, zero, none, no number | v a i | Lifetime
    versions: known, unknown, none, no version | v a i | Version
    bindings of 1.0, 1.1 and 1.2 | v a i | Binding
    queue mode in each version | v a | Queue
    telephone numbers | v a | Sms
    profile identifiers of 1.2 | v a i | Profile
    unknown parameters, names in capital letters | a i | Unknown
    a parameter twice | a | Repeated
    empty options, several parameters in one, none | a i | Splitting
    Update: what may change, and what not | v a i | Update
    De-register | v a | Deregister | 2`,
  'bootstrap-query': `
    a name, in each version | v | Basic | 2
    endpoint names: any character, none, empty | v a i | Endpoint
    preferred formats, those of no bootstrap, broken ones | v a i | PreferredFormat
    parameters of another version | a | Version | 2
    a parameter twice | a | Repeated | 2
    unknown parameters | a | Unknown
    several parameters in one option | a | Splitting | 1
    Bootstrap-Pack, with accounts | v i | Pack`,
  notification: `
    each change at once; no attribute | v | Basic
    the first answer is no notification, a reference it is | v | ~first answer|Reference + Reference
    minimum period: changes inside it are one | v a | #periods~pmin
    a change that returns inside the minimum period | a | Return
    maximum period: without a change, restarted by one, 0 | v | #periods~pmax|maximum
    equal periods; pmin above pmax | v a | EqualPeriods | 2
    defaults of the Server object | v | Defaults
    gt: up, down, onto, from above | v a | #gt
    lt: down, up, onto; a band of two | v a | #lt
    onto a threshold | a | Landing | 2
    st: less, equal, more, downwards, from the last reported | v a | #st
    lt, gt and st together | v a | #together
    thresholds with decimals, near 2^64, infinity and NaN | v a | Numbers
    edge in both directions | v a | #edge
    con | v | Confirmable
    evaluation periods | v a | Evaluation
    a queue of values while the server is away; storing disabled; queue mode | a | Offline + Historical
    attributes of each level | v | Inherited
    an object or instance observed | v | Container
    instances of a multiple resource | v a | Multiple
    several servers | v | Servers
    several paths in one observation, attributes in the query | v a | Composite + ObserveQuery
    attributes that change while it is observed | a | During
    the end of an observation | v | Cancel
    a write of the observing server | v | ~observing se | 1
    a maximum of 2^31 seconds | v | ~2\\^31 seconds | 1`,
};

/** @typedef {{ category: string, results: string[], selectors: string[], wanted: number }} Category */

const RESULTS = /** @type {Record<string, string>} */ ({ v: 'valid', a: 'acceptable', i: 'invalid' });

/** @param {string} line @returns {Category} */
function parseLine(line) {
  // Selectors hold bars of regular expressions; those that part the line stand between blanks.
  const [category = '', letters = '', selectors = '', wanted = '3'] = line.trim().split(' | ');
  return {
    category,
    results: letters.split(' ').map((letter) => RESULTS[letter] ?? letter),
    selectors: selectors.split(' + '),
    wanted: Number(wanted),
  };
}

/** @type {Record<string, Category[]>} */
export const CATEGORIES = Object.fromEntries(
  Object.entries(LINES).map(([format, lines]) => [format, lines.trim().split('\n').map(parseLine)]),
);
