import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.Message;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.serialization.DataParser;
import org.eclipse.californium.core.network.serialization.TcpDataParser;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.leshan.core.link.DefaultLinkParser;
import org.eclipse.leshan.core.link.Link;
import org.eclipse.leshan.core.link.attributes.Attribute;
import org.eclipse.leshan.core.link.lwm2m.DefaultLwM2mLinkParser;
import org.eclipse.leshan.core.link.lwm2m.attributes.DefaultLwM2mAttributeParser;
import org.eclipse.leshan.core.link.lwm2m.attributes.LwM2mAttribute;
import org.eclipse.leshan.core.link.lwm2m.attributes.LwM2mAttributeSet;
import org.eclipse.leshan.core.model.LwM2mModel;
import org.eclipse.leshan.core.model.ObjectModel;
import org.eclipse.leshan.core.model.ResourceModel;
import org.eclipse.leshan.core.model.StaticModel;
import org.eclipse.leshan.core.node.*;
import org.eclipse.leshan.core.node.codec.DefaultLwM2mDecoder;
import org.eclipse.leshan.core.node.codec.DefaultLwM2mEncoder;
import org.eclipse.leshan.core.request.ContentFormat;
import org.eclipse.leshan.core.request.argument.Argument;
import org.eclipse.leshan.core.request.argument.Arguments;
import org.eclipse.leshan.core.util.datatype.ULong;

/**
 * Runs vectors through Leshan, Californium and java-coap: one JSON request on each line of standard input, one answer on each
 * line of standard output. An answer has `decoded`, `payload`, `error`, or `none` where the library has no opinion.
 */
public final class Oracles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HexFormat HEX = HexFormat.of();
  private static final DefaultLwM2mDecoder DECODER = new DefaultLwM2mDecoder(true);
  private static final DefaultLwM2mEncoder ENCODER = new DefaultLwM2mEncoder(true);

  private Oracles() {}

  private static final class NoOpinion extends RuntimeException {}

  public static void main(String[] arguments) throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    // Libraries log to standard output.
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode request = JSON.readTree(line);
      ObjectNode answer = JSON.createObjectNode();
      answer.put("id", request.get("id").asInt());
      try {
        answer(request, answer);
      } catch (NoOpinion none) {
        answer.put("none", true);
      } catch (Throwable thrown) {
        answer.put("error", thrown.getClass().getSimpleName() + ": " + firstLine(thrown.getMessage()));
      }
      out.println(JSON.writeValueAsString(answer));
    }
    if (server != null) server.destroy();
    System.exit(0);
  }

  private static String firstLine(String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }

  private static void answer(JsonNode request, ObjectNode answer) throws Exception {
    byte[] payload = HEX.parseHex(request.path("payload").asText(""));
    switch (request.get("do").asText()) {
      case "decode" -> answer.set("decoded", decode(request, payload));
      case "encode" -> answer.put("payload", HEX.formatHex(encode(request)));
      case "paths" -> answer.set("decoded", paths(request, payload));
      case "links" -> answer.set("decoded", links(request, payload));
      case "arguments" -> answer.set("decoded", arguments(payload));
      case "attributes" -> answer.set("decoded", attributes(request, payload));
      case "californium" -> answer.set("decoded", californium(payload, request.path("tcp").asBoolean()));
      case "java-coap" -> javaCoap(answer, payload);
      case "token" -> answer.put("payload", HEX.formatHex(new org.eclipse.californium.core.coap.Token(payload).getBytes()));
      case "endpoint" -> answer.put("reaction", endpoint(payload));
      default -> answer.put("none", true);
    }
  }

  // ---- Leshan: values

  private static LwM2mModel model(JsonNode model) {
    List<ObjectModel> objects = new ArrayList<>();
    for (JsonNode object : model.get("objects")) {
      List<ResourceModel> resources = new ArrayList<>();
      for (JsonNode r : object.get("resources")) {
        String operations = r.get("operations").asText();
        resources.add(new ResourceModel(r.get("id").asInt(), r.path("name").asText(), ResourceModel.Operations.valueOf(operations.isEmpty() ? "NONE" : operations), r.get("multiple").asBoolean(), false, type(r.get("type").asText()), "", "", ""));
      }
      objects.add(new ObjectModel(object.get("id").asInt(), object.path("name").asText(), "", object.get("version").asText(), object.get("multiple").asBoolean(), false, resources));
    }
    return new StaticModel(objects);
  }

  private static ResourceModel.Type type(String type) {
    return switch (type) {
      case "unsigned" -> ResourceModel.Type.UNSIGNED_INTEGER;
      case "corelnk" -> ResourceModel.Type.CORELINK;
      default -> ResourceModel.Type.valueOf(type.toUpperCase());
    };
  }

  private static ObjectNode decode(JsonNode request, byte[] payload) throws Exception {
    LwM2mPath path = new LwM2mPath(request.get("path").asText());
    ContentFormat format = ContentFormat.fromCode(request.get("contentFormat").asInt());
    LwM2mModel model = model(request.get("model"));
    String root = request.path("rootPath").isMissingNode() ? null : request.get("rootPath").asText();
    ArrayNode nodes = JSON.createArrayNode();
    boolean senml = format.getCode() == 110 || format.getCode() == 112;
    if (path.isRoot()) {
      TimestampedLwM2mNodes all = DECODER.decodeTimestampedNodes(payload, format, root, null, model);
      for (Instant time : all.getTimestamps()) for (Map.Entry<LwM2mPath, LwM2mNode> entry : all.getNodesAt(time).entrySet()) flatten(nodes, entry.getKey(), entry.getValue(), time);
    } else if (senml || format.getCode() == 11543 || format.getCode() == 1543) {
      for (TimestampedLwM2mNode node : DECODER.decodeTimestampedData(payload, format, root, path, model)) flatten(nodes, path, node.getNode(), node.getTimestamp());
    } else if (request.path("operation").asText().equals("create")) {
      // As its client does: an instance where there is one, else the resources of one to be named.
      try {
        flatten(nodes, path, DECODER.decode(payload, format, root, path, model), null);
      } catch (Exception notAnObject) {
        nodes.removeAll();
        // Below an instance to be named its decoder has no path to start from.
        if (!senml) throw new NoOpinion();
        LwM2mObjectInstance instance = DECODER.decode(payload, format, root, path, model, LwM2mObjectInstance.class);
        flatten(nodes, path.append(instance.getId() == LwM2mObjectInstance.UNDEFINED ? 65535 : instance.getId()), instance, null);
      }
    } else {
      flatten(nodes, path, DECODER.decode(payload, format, root, path, model), null);
    }
    ObjectNode decoded = JSON.createObjectNode();
    decoded.put("kind", "nodes");
    decoded.set("nodes", nodes);
    return decoded;
  }

  private static void flatten(ArrayNode into, LwM2mPath path, LwM2mNode node, Instant time) {
    if (node == null) return;
    node.accept(new LwM2mNodeVisitor() {
      @Override public void visit(LwM2mRoot root) {
        root.getObjects().values().forEach(object -> flatten(into, new LwM2mPath(object.getId()), object, time));
      }

      @Override public void visit(LwM2mObject object) {
        object.getInstances().values().forEach(instance -> flatten(into, path.append(instance.getId() == LwM2mObjectInstance.UNDEFINED ? 65535 : instance.getId()), instance, time));
      }

      @Override public void visit(LwM2mObjectInstance instance) {
        if (instance.getResources().isEmpty()) into.addObject().put("path", path.toString()).put("type", "instance");
        instance.getResources().values().forEach(resource -> flatten(into, path.append(resource.getId()), resource, time));
      }

      @Override public void visit(LwM2mResource resource) {
        if (!resource.isMultiInstances()) {
          leaf(into, path, resource.getType(), resource.getValue(), time);
          return;
        }
        if (resource.getInstances().isEmpty()) into.addObject().put("path", path.toString()).put("type", "multiple");
        resource.getInstances().values().forEach(instance -> leaf(into, path.append(instance.getId()), instance.getType(), instance.getValue(), time));
      }

      @Override public void visit(LwM2mResourceInstance instance) {
        leaf(into, path, instance.getType(), instance.getValue(), time);
      }
    });
  }

  private static void leaf(ArrayNode into, LwM2mPath path, ResourceModel.Type type, Object value, Instant time) {
    ObjectNode node = into.addObject().put("path", path.toString());
    switch (type) {
      case STRING -> node.put("type", "string").put("value", (String) value);
      case INTEGER -> node.put("type", "integer").put("value", value.toString());
      case UNSIGNED_INTEGER -> node.put("type", "unsigned").put("value", value.toString());
      case FLOAT -> node.put("type", "float").put("bits", String.format("%016x", Double.doubleToLongBits((Double) value)));
      case BOOLEAN -> node.put("type", "boolean").put("value", (Boolean) value);
      case OPAQUE -> node.put("type", "opaque").put("value", HEX.formatHex((byte[]) value));
      case TIME -> node.put("type", "time").put("value", BigDecimal.valueOf(((Date) value).getTime()).movePointLeft(3).stripTrailingZeros().toPlainString());
      case OBJLNK -> node.put("type", "objlnk").put("value", ((ObjectLink) value).getObjectId() + ":" + ((ObjectLink) value).getObjectInstanceId());
      case CORELINK -> {
        List<String> links = new ArrayList<>();
        for (Link link : (Link[]) value) links.add(link.toCoreLinkFormat());
        node.put("type", "corelnk").put("value", String.join(",", links));
      }
      default -> node.put("type", "none");
    }
    if (time != null) node.put("time", BigDecimal.valueOf(time.getEpochSecond()).add(BigDecimal.valueOf(time.getNano(), 9)).stripTrailingZeros().toPlainString());
  }

  private static ObjectNode paths(JsonNode request, byte[] payload) throws Exception {
    String root = request.path("rootPath").isMissingNode() ? null : request.get("rootPath").asText();
    ObjectNode decoded = JSON.createObjectNode().put("kind", "paths");
    ArrayNode list = decoded.putArray("paths");
    for (LwM2mPath path : DECODER.decodePaths(payload, ContentFormat.fromCode(request.get("contentFormat").asInt()), root)) list.add(path.toString());
    return decoded;
  }

  // ---- Leshan: encoding

  private static Object value(JsonNode node) throws Exception {
    String text = node.path("value").asText();
    return switch (node.get("type").asText()) {
      case "integer" -> Long.valueOf(text);
      case "unsigned" -> ULong.valueOf(text);
      case "float" -> Double.longBitsToDouble(Long.parseUnsignedLong(node.get("bits").asText(), 16));
      case "boolean" -> node.get("value").asBoolean();
      case "opaque" -> HEX.parseHex(text);
      case "time" -> new Date(new BigInteger(text).longValueExact() * 1000);
      case "objlnk" -> ObjectLink.decodeFromString(text);
      case "corelnk" -> new DefaultLinkParser().parseCoreLinkFormat(text.getBytes(StandardCharsets.UTF_8));
      default -> text;
    };
  }

  private static byte[] encode(JsonNode request) throws Exception {
    LwM2mPath path = new LwM2mPath(request.get("path").asText());
    Map<Integer, Map<Integer, Map<Integer, Object>>> tree = new LinkedHashMap<>();
    Map<String, ResourceModel.Type> types = new LinkedHashMap<>();
    for (JsonNode node : request.get("nodes")) {
      LwM2mPath at = new LwM2mPath(node.get("path").asText());
      if (!at.isResource() && !at.isResourceInstance()) throw new UnsupportedOperationException("container");
      var resources = tree.computeIfAbsent(at.getObjectInstanceId(), k -> new LinkedHashMap<>());
      var slot = resources.computeIfAbsent(at.getResourceId(), k -> new LinkedHashMap<>());
      slot.put(at.isResource() ? -1 : at.getResourceInstanceId(), value(node));
      types.put(at.getObjectInstanceId() + "/" + at.getResourceId(), type(node.get("type").asText()));
    }
    List<LwM2mObjectInstance> instances = new ArrayList<>();
    for (var instance : tree.entrySet()) {
      List<LwM2mResource> resources = new ArrayList<>();
      for (var resource : instance.getValue().entrySet()) {
        ResourceModel.Type type = types.get(instance.getKey() + "/" + resource.getKey());
        if (resource.getValue().containsKey(-1)) resources.add(LwM2mSingleResource.newResource(resource.getKey(), resource.getValue().get(-1), type));
        else resources.add(LwM2mMultipleResource.newResource(resource.getKey(), resource.getValue(), type));
      }
      instances.add(new LwM2mObjectInstance(instance.getKey(), resources));
    }
    LwM2mNode node;
    if (path.isObject()) node = new LwM2mObject(path.getObjectId(), instances);
    else if (path.isObjectInstance()) node = instances.get(0);
    else if (path.isResource()) node = instances.get(0).getResource(path.getResourceId());
    else node = instances.get(0).getResource(path.getResourceId()).getInstance(path.getResourceInstanceId());
    return ENCODER.encode(node, ContentFormat.fromCode(request.get("contentFormat").asInt()), null, path, model(request.get("model")));
  }

  // ---- Leshan: texts

  private static ObjectNode links(JsonNode request, byte[] payload) throws Exception {
    Link[] links = request.path("strict").asBoolean() ? new DefaultLwM2mLinkParser().parseLwM2mLinkFromCoreLinkFormat(payload, request.path("rootPath").asText(null)) : new DefaultLinkParser().parseCoreLinkFormat(payload);
    ObjectNode decoded = JSON.createObjectNode().put("kind", "links");
    ArrayNode list = decoded.putArray("links");
    for (Link link : links) {
      ObjectNode one = list.addObject().put("uri", link.getUriReference());
      ArrayNode attributes = one.putArray("attributes");
      for (Attribute attribute : link.getAttributes()) {
        ArrayNode pair = attributes.addArray().add(attribute.getName());
        if (attribute.hasValue()) pair.add(attribute.getCoreLinkValue());
      }
    }
    return decoded;
  }

  private static ObjectNode arguments(byte[] payload) throws Exception {
    ObjectNode decoded = JSON.createObjectNode().put("kind", "arguments");
    ArrayNode list = decoded.putArray("arguments");
    for (Argument argument : Arguments.parse(new String(payload, StandardCharsets.UTF_8))) list.addObject().put("digit", argument.getDigit()).put("value", argument.getValue());
    return decoded;
  }

  private static ObjectNode attributes(JsonNode request, byte[] payload) throws Exception {
    Collection<LwM2mAttribute<?>> parsed = new DefaultLwM2mAttributeParser().parseUriQuery(new String(payload, StandardCharsets.UTF_8));
    LwM2mAttributeSet set = new LwM2mAttributeSet(parsed);
    if (request.has("path")) set.validate(new LwM2mPath(request.get("path").asText()));
    ObjectNode decoded = JSON.createObjectNode().put("kind", "attributes");
    ArrayNode list = decoded.putArray("attributes");
    for (LwM2mAttribute<?> attribute : parsed) {
      ObjectNode one = list.addObject().put("name", attribute.getName()).put("action", attribute.hasValue() ? "set" : "unset");
      if (attribute.hasValue()) one.put("value", new BigDecimal(attribute.getQueryParamValue()).stripTrailingZeros().toPlainString());
    }
    return decoded;
  }

  // ---- CoAP

  private static ObjectNode californium(byte[] payload, boolean tcp) {
    DataParser parser = tcp ? new TcpDataParser() : new UdpDataParser();
    Message message = parser.parseMessage(payload);
    ObjectNode decoded = JSON.createObjectNode().put("kind", "coap");
    ObjectNode one = decoded.putObject("message");
    int code = message.getRawCode();
    if (!tcp) one.put("version", 1).put("type", message.getType().toString()).put("mid", message.getMID());
    one.put("code", (code >> 5) + "." + String.format("%02d", code & 31));
    one.put("token", HEX.formatHex(message.getTokenBytes()));
    ArrayNode options = one.putArray("options");
    for (Option option : message.getOptions().asSortedList()) options.addArray().add(option.getNumber()).add(HEX.formatHex(option.getValue()));
    if (message.getPayloadSize() > 0) one.put("payload", HEX.formatHex(message.getPayload()));
    else one.putNull("payload");
    return decoded;
  }

  private static CoapServer server;

  /** First datagram with which an endpoint that has /3/0/9 answers, within 250 ms: empty where none comes. */
  private static String endpoint(byte[] payload) throws Exception {
    if (server == null) {
      CoapConfig.register();
      UdpConfig.register();
      var address = new InetSocketAddress("127.0.0.1", 0);
      var endpoint = new CoapEndpoint.Builder().setInetSocketAddress(address).build();
      server = new CoapServer();
      server.addEndpoint(endpoint);
      var instance = new CoapResource("0").add(new CoapResource("9") {
        @Override public void handleGET(CoapExchange exchange) {
          exchange.respond("85");
        }
      });
      server.add(new CoapResource("3").add(instance));
      server.start();
    }
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout(250);
      socket.send(new DatagramPacket(payload, payload.length, server.getEndpoints().get(0).getAddress()));
      var answer = new DatagramPacket(new byte[2048], 2048);
      try {
        socket.receive(answer);
      } catch (SocketTimeoutException silence) {
        return "";
      }
      return HEX.formatHex(answer.getData(), 0, answer.getLength());
    }
  }

  /** Its options are typed and partly lost, so that only what it writes again can be compared. */
  private static void javaCoap(ObjectNode answer, byte[] payload) throws Exception {
    var packet = com.mbed.coap.packet.CoapSerializer.deserialize(new InetSocketAddress("127.0.0.1", 5683), payload);
    answer.put("payload", HEX.formatHex(com.mbed.coap.packet.CoapSerializer.serialize(packet)));
  }
}
