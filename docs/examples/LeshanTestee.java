import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.leshan.core.link.DefaultLinkParser;
import org.eclipse.leshan.core.link.Link;
import org.eclipse.leshan.core.link.attributes.Attribute;
import org.eclipse.leshan.core.link.attributes.InvalidAttributeException;
import org.eclipse.leshan.core.link.LinkParseException;
import org.eclipse.leshan.core.link.lwm2m.DefaultLwM2mLinkParser;
import org.eclipse.leshan.core.link.lwm2m.attributes.DefaultLwM2mAttributeParser;
import org.eclipse.leshan.core.link.lwm2m.attributes.InvalidAttributesException;
import org.eclipse.leshan.core.link.lwm2m.attributes.LwM2mAttribute;
import org.eclipse.leshan.core.link.lwm2m.attributes.LwM2mAttributeSet;
import org.eclipse.leshan.core.model.LwM2mModel;
import org.eclipse.leshan.core.model.ObjectModel;
import org.eclipse.leshan.core.model.ResourceModel;
import org.eclipse.leshan.core.model.StaticModel;
import org.eclipse.leshan.core.node.*;
import org.eclipse.leshan.core.node.codec.CodecException;
import org.eclipse.leshan.core.node.codec.DefaultLwM2mDecoder;
import org.eclipse.leshan.core.node.codec.DefaultLwM2mEncoder;
import org.eclipse.leshan.core.request.ContentFormat;
import org.eclipse.leshan.core.request.argument.Argument;
import org.eclipse.leshan.core.request.argument.Arguments;
import org.eclipse.leshan.core.request.argument.InvalidArgumentException;
import org.eclipse.leshan.core.util.datatype.ULong;

/**
 * The core library of Leshan judged by the golden vectors.
 *
 * <pre>
 * mvn -f scripts/vectors/oracles/java/pom.xml dependency:copy-dependencies -DoutputDirectory=$PWD/lib
 * javac -cp 'lib/*' -d classes docs/examples/LeshanTestee.java
 * lwm2m-conformance vectors --testee "java -cp lib/*:classes LeshanTestee"
 * </pre>
 *
 * The contract is docs/vectors-testee.md. What Leshan documents as its error is answered as "error", any other exception as "uncaught".
 */
public final class LeshanTestee {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HexFormat HEX = HexFormat.of();
  private static final DefaultLwM2mDecoder DECODER = new DefaultLwM2mDecoder(true);
  private static final DefaultLwM2mEncoder ENCODER = new DefaultLwM2mEncoder(true);
  private static final Map<String, LwM2mModel> MODELS = new HashMap<>();

  private LeshanTestee() {}

  /** Nothing of the library answers this. */
  private static final class Skip extends RuntimeException {
    Skip(String reason) {
      super(reason);
    }
  }

  public static void main(String[] arguments) throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    // Libraries log to standard output.
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode request = JSON.readTree(line);
      ObjectNode answer = JSON.createObjectNode().put("seq", request.get("seq").asInt());
      try {
        answer(request, answer);
      } catch (Skip skip) {
        answer.put("skip", skip.getMessage());
      } catch (CodecException | LwM2mNodeException | LinkParseException | InvalidArgumentException | InvalidAttributeException | InvalidAttributesException refused) {
        refuse(answer, "error", refused);
      } catch (Exception | StackOverflowError uncaught) {
        refuse(answer, "uncaught", uncaught);
      }
      out.println(JSON.writeValueAsString(answer));
      if (request.get("cmd").asText().equals("stop")) break;
    }
    System.exit(0);
  }

  private static void refuse(ObjectNode answer, String kind, Throwable thrown) {
    String message = thrown.getMessage() == null ? "" : thrown.getMessage().lines().findFirst().orElse("");
    answer.putObject("error").put("class", kind).put("message", thrown.getClass().getSimpleName() + ": " + message);
  }

  private static void answer(JsonNode request, ObjectNode answer) throws Exception {
    switch (request.get("cmd").asText()) {
      case "hello" -> hello(answer);
      case "model" -> MODELS.put(request.get("id").asText(), model(request.get("model")));
      case "decode" -> answer.set("decoded", decode(request));
      case "encode" -> answer.put("payload", HEX.formatHex(encode(request)));
      case "stop" -> {}
      default -> answer.put("skip", request.get("cmd").asText() + " is not offered");
    }
  }

  private static void hello(ObjectNode answer) {
    answer.put("protocol", 1);
    String version = DefaultLwM2mDecoder.class.getProtectionDomain().getCodeSource().getLocation().getPath().replaceAll(".*core-|\\.jar", "");
    answer.putObject("implementation").put("name", "leshan-core").put("version", version).put("language", "Java");
    ObjectNode capabilities = answer.putObject("capabilities");
    for (String format : List.of("tlv", "oma-json", "senml-json", "senml-cbor", "cbor", "text", "opaque", "execute-args")) capabilities.putArray(format).add("decode").add("encode");
    for (String format : List.of("link-format", "attributes-query")) capabilities.putArray(format).add("decode");
    answer.putArray("enablers").add("1.0").add("1.1");
  }

  private static LwM2mModel model(JsonNode model) {
    List<ObjectModel> objects = new ArrayList<>();
    for (JsonNode object : model.get("objects")) {
      List<ResourceModel> resources = new ArrayList<>();
      for (JsonNode resource : object.get("resources")) {
        String operations = resource.get("operations").asText();
        resources.add(new ResourceModel(resource.get("id").asInt(), resource.path("name").asText(), ResourceModel.Operations.valueOf(operations.isEmpty() ? "NONE" : operations), resource.get("multiple").asBoolean(), false, type(resource.get("type").asText()), "", "", ""));
      }
      objects.add(new ObjectModel(object.get("id").asInt(), object.path("name").asText(), "", object.get("version").asText(), object.get("multiple").asBoolean(), false, resources));
    }
    return new StaticModel(objects);
  }

  private static ResourceModel.Type type(String name) {
    return switch (name) {
      case "unsigned" -> ResourceModel.Type.UNSIGNED_INTEGER;
      case "corelnk" -> ResourceModel.Type.CORELINK;
      default -> ResourceModel.Type.valueOf(name.toUpperCase());
    };
  }

  // ---- reading

  /** A request to the decoder of Leshan. */
  private record Place(ContentFormat format, LwM2mPath path, String root, LwM2mModel model, String operation) {
    static Place of(JsonNode request) {
      JsonNode context = request.get("context");
      if (request.get("contentFormat").isNull()) throw new Skip("it has no payload without a format");
      String path = context.path("path").asText("/");
      return new Place(ContentFormat.fromCode(request.get("contentFormat").asInt()), new LwM2mPath(path), context.path("rootPath").asText(null), MODELS.getOrDefault(context.path("model").asText(), new StaticModel()), context.path("operation").asText());
    }

    boolean composite() {
      return operation.contains("composite");
    }
  }

  private static ObjectNode decode(JsonNode request) throws Exception {
    byte[] payload = HEX.parseHex(request.get("payload").asText());
    return switch (request.get("format").asText()) {
      case "link-format" -> links(payload, request.get("context"));
      case "execute-args" -> arguments(payload);
      case "attributes-query" -> attributes(payload, request.get("context"));
      default -> nodes(payload, Place.of(request));
    };
  }

  private static ObjectNode nodes(byte[] payload, Place place) throws Exception {
    if (place.operation().equals("read-composite") || place.operation().equals("observe-composite")) {
      ObjectNode decoded = JSON.createObjectNode().put("kind", "paths");
      ArrayNode paths = decoded.putArray("paths");
      for (LwM2mPath path : DECODER.decodePaths(payload, place.format(), place.root())) paths.add(path.toString());
      return decoded;
    }
    ObjectNode decoded = JSON.createObjectNode().put("kind", "nodes");
    ArrayNode nodes = decoded.putArray("nodes");
    LwM2mPath path = place.path();
    if (path.isRoot()) {
      TimestampedLwM2mNodes all = DECODER.decodeTimestampedNodes(payload, place.format(), place.root(), null, place.model());
      for (Instant time : all.getTimestamps()) all.getNodesAt(time).forEach((at, node) -> flatten(nodes, at, node, time));
    } else if (place.operation().equals("create")) {
      create(nodes, payload, place);
    } else if (List.of(110, 112, 11543, 1543).contains(place.format().getCode())) {
      for (TimestampedLwM2mNode node : DECODER.decodeTimestampedData(payload, place.format(), place.root(), path, place.model())) flatten(nodes, path, node.getNode(), node.getTimestamp());
    } else {
      flatten(nodes, path, DECODER.decode(payload, place.format(), place.root(), path, place.model()), null);
    }
    return decoded;
  }

  /** As its client does: instances where they are named, else the resources of one that is to be named. */
  private static void create(ArrayNode nodes, byte[] payload, Place place) throws Exception {
    try {
      flatten(nodes, place.path(), DECODER.decode(payload, place.format(), place.root(), place.path(), place.model()), null);
    } catch (CodecException noObject) {
      nodes.removeAll();
      if (place.format().getCode() == 11542) throw new Skip("it has no path for the resources of an instance to be named");
      LwM2mObjectInstance instance = DECODER.decode(payload, place.format(), place.root(), place.path(), place.model(), LwM2mObjectInstance.class);
      flatten(nodes, place.path().append(instance.getId() == LwM2mObjectInstance.UNDEFINED ? 65535 : instance.getId()), instance, null);
    }
  }

  private static void flatten(ArrayNode into, LwM2mPath path, LwM2mNode node, Instant time) {
    if (node instanceof LwM2mObject object) {
      object.getInstances().values().forEach(one -> flatten(into, path.append(one.getId()), one, time));
    } else if (node instanceof LwM2mObjectInstance instance) {
      if (instance.getResources().isEmpty()) into.addObject().put("path", path.toString()).put("type", "instance");
      instance.getResources().values().forEach(one -> flatten(into, path.append(one.getId()), one, time));
    } else if (node instanceof LwM2mResource resource && resource.isMultiInstances()) {
      if (resource.getInstances().isEmpty()) into.addObject().put("path", path.toString()).put("type", "multiple");
      resource.getInstances().values().forEach(one -> flatten(into, path.append(one.getId()), one, time));
    } else if (node instanceof LwM2mResource resource) {
      leaf(into, path, resource.getType(), resource.getValue(), time);
    } else if (node instanceof LwM2mResourceInstance instance) {
      leaf(into, path, instance.getType(), instance.getValue(), time);
    }
  }

  private static void leaf(ArrayNode into, LwM2mPath path, ResourceModel.Type type, Object value, Instant time) {
    ObjectNode node = into.addObject().put("path", path.toString());
    switch (type) {
      case STRING -> node.put("type", "string").put("value", (String) value);
      case INTEGER -> node.put("type", "integer").put("value", value.toString());
      case UNSIGNED_INTEGER -> node.put("type", "unsigned").put("value", value.toString());
      case FLOAT -> node.put("type", "float").put("value", value.toString()).put("bits", HEX.toHexDigits(Double.doubleToLongBits((Double) value)));
      case BOOLEAN -> node.put("type", "boolean").put("value", (Boolean) value);
      case OPAQUE -> node.put("type", "opaque").put("value", HEX.formatHex((byte[]) value));
      case TIME -> node.put("type", "time").put("value", decimal(BigDecimal.valueOf(((Date) value).getTime(), 3)));
      case OBJLNK -> node.put("type", "objlnk").put("value", ((ObjectLink) value).encodeToString());
      case CORELINK -> {
        List<String> links = new ArrayList<>();
        for (Link link : (Link[]) value) links.add(link.toCoreLinkFormat());
        node.put("type", "corelnk").put("value", String.join(",", links));
      }
      default -> node.put("type", "none").putNull("value");
    }
    if (time != null) node.put("time", decimal(BigDecimal.valueOf(time.getEpochSecond()).add(BigDecimal.valueOf(time.getNano(), 9))));
  }

  private static String decimal(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** As its server reads them: a registration, what a Discover answers, or links in general. */
  private static ObjectNode links(byte[] payload, JsonNode context) throws Exception {
    Link[] links = switch (context.path("operation").asText()) {
      case "register", "update" -> new DefaultLwM2mLinkParser().parseCoreLinkFormat(payload);
      case "discover", "bootstrap-discover" -> new DefaultLwM2mLinkParser().parseLwM2mLinkFromCoreLinkFormat(payload, context.path("rootPath").asText(null));
      default -> new DefaultLinkParser().parseCoreLinkFormat(payload);
    };
    ObjectNode decoded = JSON.createObjectNode().put("kind", "links");
    ArrayNode list = decoded.putArray("links");
    for (Link link : links) {
      ObjectNode one = list.addObject().put("uri", link.getUriReference());
      ArrayNode attributes = one.putArray("attributes");
      for (Attribute attribute : link.getAttributes()) {
        ArrayNode pair = attributes.addArray().add(attribute.getName());
        if (attribute.hasValue()) pair.add(unquoted(attribute.getCoreLinkValue()));
      }
    }
    return decoded;
  }

  private static String unquoted(String text) {
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"") ? text.substring(1, text.length() - 1).replaceAll("(?s)\\\\(.)", "$1") : text;
  }

  private static ObjectNode arguments(byte[] payload) throws Exception {
    ObjectNode decoded = JSON.createObjectNode().put("kind", "arguments");
    ArrayNode list = decoded.putArray("arguments");
    for (Argument argument : Arguments.parse(new String(payload, StandardCharsets.UTF_8))) list.addObject().put("digit", argument.getDigit()).put("value", argument.getValue());
    return decoded;
  }

  private static ObjectNode attributes(byte[] payload, JsonNode context) throws Exception {
    Collection<LwM2mAttribute<?>> parsed = new DefaultLwM2mAttributeParser().parseUriQuery(new String(payload, StandardCharsets.UTF_8));
    LwM2mAttributeSet set = new LwM2mAttributeSet(parsed);
    if (context.has("path") && !context.path("operation").asText().equals("observe-composite")) set.validate(new LwM2mPath(context.get("path").asText()));
    ObjectNode decoded = JSON.createObjectNode().put("kind", "attributes");
    ArrayNode list = decoded.putArray("attributes");
    for (LwM2mAttribute<?> attribute : parsed) {
      ObjectNode one = list.addObject().put("name", attribute.getName()).put("action", attribute.hasValue() ? "set" : "unset");
      if (attribute.hasValue()) one.put("value", decimal(new BigDecimal(attribute.getQueryParamValue())));
    }
    return decoded;
  }

  // ---- writing

  private static byte[] encode(JsonNode request) throws Exception {
    JsonNode decoded = request.get("decoded");
    if (decoded.get("kind").asText().equals("arguments")) {
      var builder = Arguments.builder();
      for (JsonNode argument : decoded.get("arguments")) {
        if (argument.get("value").isNull()) builder.addArgument(argument.get("digit").asInt());
        else builder.addArgument(argument.get("digit").asInt(), argument.get("value").asText());
      }
      return builder.build().serialize().getBytes(StandardCharsets.UTF_8);
    }
    Place place = Place.of(request);
    if (decoded.get("kind").asText().equals("paths")) {
      List<LwM2mPath> paths = new ArrayList<>();
      for (JsonNode path : decoded.get("paths")) paths.add(new LwM2mPath(path.asText()));
      return ENCODER.encodePaths(paths, place.format(), place.root());
    }
    Map<Instant, List<JsonNode>> byTime = new LinkedHashMap<>();
    for (JsonNode node : decoded.get("nodes")) byTime.computeIfAbsent(instant(node), time -> new ArrayList<>()).add(node);
    if (place.path().isRoot()) {
      var builder = TimestampedLwM2mNodes.builder();
      for (var entry : byTime.entrySet()) {
        tree(place.path(), entry.getValue()).collect(entry.getKey(), builder);
      }
      return ENCODER.encodeTimestampedNodes(builder.build(), place.format(), place.root(), place.model());
    }
    List<TimestampedLwM2mNode> nodes = new ArrayList<>();
    for (var entry : byTime.entrySet()) nodes.add(new TimestampedLwM2mNode(entry.getKey(), tree(place.path(), entry.getValue()).node()));
    if (nodes.isEmpty()) nodes.add(new TimestampedLwM2mNode(null, tree(place.path(), List.of()).node()));
    if (nodes.size() == 1 && nodes.get(0).getTimestamp() == null) return ENCODER.encode(nodes.get(0).getNode(), place.format(), place.root(), place.path(), place.model());
    return ENCODER.encodeTimestampedData(nodes, place.format(), place.root(), place.path(), place.model());
  }

  private static Instant instant(JsonNode node) {
    if (!node.has("time")) return null;
    BigDecimal time = new BigDecimal(node.get("time").asText());
    return Instant.ofEpochSecond(time.longValue(), time.remainder(BigDecimal.ONE).movePointRight(9).longValue());
  }

  /** Nodes of the vectors by identifiers, as Leshan wants them: each level in a node of its own. */
  private static final class Level {
    final LwM2mPath path;
    final Map<Integer, Level> below = new TreeMap<>();
    JsonNode value;

    Level(LwM2mPath path) {
      this.path = path;
    }

    LwM2mNode node() throws Exception {
      boolean holds = value != null && !List.of("object", "instance", "multiple").contains(value.get("type").asText());
      if (path.isObject()) {
        List<LwM2mObjectInstance> instances = new ArrayList<>();
        for (Level level : below.values()) instances.add((LwM2mObjectInstance) level.node());
        return new LwM2mObject(path.getObjectId(), instances);
      }
      if (path.isObjectInstance()) {
        List<LwM2mResource> resources = new ArrayList<>();
        for (Level level : below.values()) resources.add((LwM2mResource) level.node());
        return new LwM2mObjectInstance(path.getObjectInstanceId(), resources);
      }
      if (path.isResourceInstance()) return LwM2mResourceInstance.newInstance(path.getResourceInstanceId(), value(value), type(value.get("type").asText()));
      if (holds) return LwM2mSingleResource.newResource(path.getResourceId(), value(value), type(value.get("type").asText()));
      if (below.isEmpty()) throw new Skip("it has no empty resource without a type");
      List<LwM2mResourceInstance> instances = new ArrayList<>();
      for (Level level : below.values()) instances.add((LwM2mResourceInstance) level.node());
      return new LwM2mMultipleResource(path.getResourceId(), instances.get(0).getType(), instances);
    }

    /** Of several objects each resource is written for itself. */
    void collect(Instant time, TimestampedLwM2mNodes.Builder builder) throws Exception {
      if (path.isResource() || below.isEmpty() && !path.isRoot()) builder.put(time, path, node());
      else for (Level level : below.values()) level.collect(time, builder);
    }
  }

  private static Level tree(LwM2mPath root, List<JsonNode> nodes) {
    Level top = new Level(root);
    for (JsonNode node : nodes) {
      LwM2mPath path = new LwM2mPath(node.get("path").asText());
      if (!path.equals(root) && !path.startWith(root)) throw new CodecException("%s is not below %s", path, root);
      Level level = top;
      for (int id : identifiers(path).subList(identifiers(root).size(), identifiers(path).size())) {
        LwM2mPath above = level.path;
        level = level.below.computeIfAbsent(id, one -> new Level(above.append(one)));
      }
      level.value = node;
    }
    return top;
  }

  private static List<Integer> identifiers(LwM2mPath path) {
    List<Integer> ids = new ArrayList<>();
    for (String id : path.toString().split("/")) if (!id.isEmpty()) ids.add(Integer.valueOf(id));
    return ids;
  }

  private static Object value(JsonNode node) throws Exception {
    String text = node.path("value").asText();
    return switch (node.get("type").asText()) {
      case "integer" -> Long.valueOf(text);
      case "unsigned" -> ULong.valueOf(text);
      case "float" -> Double.longBitsToDouble(Long.parseUnsignedLong(node.get("bits").asText(), 16));
      case "boolean" -> node.get("value").asBoolean();
      case "opaque" -> HEX.parseHex(text);
      case "time" -> new Date(Math.multiplyExact(Long.parseLong(text), 1000L));
      case "objlnk" -> ObjectLink.decodeFromString(text);
      case "corelnk" -> new DefaultLinkParser().parseCoreLinkFormat(text.getBytes(StandardCharsets.UTF_8));
      case "none" -> throw new Skip("it has no null");
      default -> text;
    };
  }
}
