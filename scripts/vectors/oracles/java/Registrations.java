import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.leshan.core.observation.Observation;
import org.eclipse.leshan.core.request.BindingMode;
import org.eclipse.leshan.server.LeshanServer;
import org.eclipse.leshan.server.LeshanServerBuilder;
import org.eclipse.leshan.server.registration.Registration;
import org.eclipse.leshan.server.registration.RegistrationListener;
import org.eclipse.leshan.server.registration.RegistrationUpdate;
import org.eclipse.leshan.transport.californium.server.endpoint.CaliforniumServerEndpointsProvider;
import org.eclipse.leshan.transport.californium.server.endpoint.coap.CoapServerProtocolProvider;

/** Sends queries to a Leshan server on the loopback interface and tells its answer and what it made of them: one JSON object a line. */
public final class Registrations implements RegistrationListener {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] LINKS = "</1/0>,</3/0>".getBytes(StandardCharsets.UTF_8);
  private final LeshanServer server;
  private final URI home;
  private volatile ArrayNode seen;

  private Registrations() {
    var provider = new CaliforniumServerEndpointsProvider.Builder(new CoapServerProtocolProvider()).addEndpoint("coap://127.0.0.1:0").build();
    LeshanServerBuilder builder = new LeshanServerBuilder();
    builder.setEndpointsProviders(provider);
    server = builder.build();
    server.getRegistrationService().addListener(this);
    server.start();
    home = URI.create("coap://127.0.0.1:" + server.getEndpoints().get(0).getURI().getPort());
  }

  public static void main(String[] arguments) throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    CoapConfig.register();
    UdpConfig.register();
    Configuration.createStandardWithoutFile();
    Registrations registrations = new Registrations();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode request = JSON.readTree(line);
      ObjectNode answer = JSON.createObjectNode().put("id", request.get("id").asInt());
      try {
        registrations.answer(request, answer);
      } catch (Throwable thrown) {
        answer.put("none", thrown.toString());
      }
      out.println(JSON.writeValueAsString(answer));
    }
    System.exit(0);
  }

  private void answer(JsonNode request, ObjectNode answer) throws Exception {
    String path = "/rd";
    if (request.get("update").asBoolean()) {
      Request register = post("/rd");
      for (String option : new String[] {"ep=updates", "lt=86400", "lwm2m=" + request.get("enabler").asText(), "b=U"}) register.getOptions().addUriQuery(option);
      register.setPayload(LINKS);
      register.getOptions().setContentFormat(40);
      seen = null;
      path = "/" + register.send().waitForResponse(5000).getOptions().getLocationPathString();
      told();
    }
    Request message = post(path);
    for (JsonNode option : request.get("options")) message.getOptions().addUriQuery(option.asText());
    if (!request.get("update").asBoolean()) {
      message.setPayload(LINKS);
      message.getOptions().setContentFormat(40);
    }
    seen = null;
    Response response = message.send().waitForResponse(5000);
    answer.put("code", response.getCode().toString());
    if (response.isSuccess()) answer.set("params", told());
  }

  /** Listeners are told in a thread of their own. */
  private ArrayNode told() throws InterruptedException {
    for (int i = 0; seen == null && i < 100; i++) Thread.sleep(5);
    return seen;
  }

  private Request post(String path) {
    Request request = new Request(Code.POST);
    request.setURI(home.resolve(path));
    return request;
  }

  private void tell(String endpoint, Long lifetime, String version, EnumSet<BindingMode> binding, Boolean queue, String sms, Map<String, String> others) {
    ArrayNode params = JSON.createArrayNode();
    if (endpoint != null) params.addArray().add("ep").add(endpoint);
    if (lifetime != null) params.addArray().add("lt").add(lifetime.toString());
    if (version != null) params.addArray().add("lwm2m").add(version);
    if (binding != null) params.addArray().add("b").add(binding.stream().map(BindingMode::name).collect(Collectors.joining()));
    if (queue != null && queue) params.addArray().add("Q");
    if (sms != null) params.addArray().add("sms").add(sms);
    if (others != null)
      others.forEach((name, value) -> {
        ArrayNode pair = params.addArray().add(name);
        if (value != null) pair.add(value);
      });
    seen = params;
  }

  @Override
  public void registered(Registration r, Registration previous, Collection<Observation> gone) {
    tell(r.getEndpoint(), r.getLifeTimeInSec(), r.getLwM2mVersion().toString(), r.getBindingMode(), r.getQueueMode(), r.getSmsNumber(), r.getAdditionalRegistrationAttributes());
  }

  @Override
  public void updated(RegistrationUpdate update, Registration r, Registration previous) {
    tell(null, update.getLifeTimeInSec(), null, update.getBindingMode(), null, update.getSmsNumber(), update.getAdditionalAttributes());
  }

  @Override
  public void unregistered(Registration registration, Collection<Observation> gone, boolean expired, Registration next) {}
}
