import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.auth.RawPublicKeyIdentity;
import org.eclipse.californium.elements.config.CertificateAuthenticationMode;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.SingleNodeConnectionIdGenerator;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.pskstore.SinglePskStore;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.StaticCertificateVerifier;

/**
 * A DTLS client or server on Scandium: ROLE PORT SUITE CID and then IDENTITY KEY, or FORM KEYFILE OWN PEER with files in PEM.
 * CID is the length of its connection ids, or "none". The server sends back what comes. The client sends the lines of its
 * input and prints what comes; a line RESUME has it resume its session with the next one.
 */
public final class ScandiumPeer {
    private static final String SERVER_NAME = "server.example.com";

    private ScandiumPeer() {}

    public static void main(String[] arguments) throws Exception {
        boolean isClient = arguments[0].equals("client");
        InetAddress here = InetAddress.getLoopbackAddress();
        int port = Integer.parseInt(arguments[1]);
        DTLSConnector connector = new DTLSConnector(configured(isClient, new InetSocketAddress(here, isClient ? 0 : port), arguments));
        connector.setRawDataReceiver(received -> {
            System.out.print(new String(received.getBytes(), StandardCharsets.UTF_8));
            System.out.flush();
            if (!isClient) connector.send(RawData.outbound(received.getBytes(), received.getEndpointContext(), null, false));
        });
        connector.start();
        System.out.println("started");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        AddressEndpointContext server = new AddressEndpointContext(new InetSocketAddress(here, port), SERVER_NAME, null);
        if (isClient) send(connector, server, "");
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.equals("RESUME")) connector.forceResumeAllSessions();
            else if (isClient) send(connector, server, line + "\n");
        }
        connector.destroy();
    }

    private static void send(DTLSConnector connector, AddressEndpointContext to, String text) {
        connector.send(RawData.outbound(text.getBytes(StandardCharsets.UTF_8), to, null, false));
    }

    private static DtlsConnectorConfig configured(boolean isClient, InetSocketAddress address, String[] arguments) throws Exception {
        DtlsConfig.register();
        DtlsConnectorConfig.Builder builder = DtlsConnectorConfig.builder(Configuration.createStandardWithoutFile());
        builder.setAddress(address);
        builder.set(DtlsConfig.DTLS_ROLE, isClient ? DtlsConfig.DtlsRole.CLIENT_ONLY : DtlsConfig.DtlsRole.SERVER_ONLY);
        builder.set(DtlsConfig.DTLS_RECOMMENDED_CIPHER_SUITES_ONLY, false);
        builder.set(DtlsConfig.DTLS_USE_SERVER_NAME_INDICATION, isClient);
        builder.setAsList(DtlsConfig.DTLS_CIPHER_SUITES, CipherSuite.valueOf(arguments[2]));
        if (!arguments[3].equals("none"))
            builder.setConnectionIdGenerator(new SingleNodeConnectionIdGenerator(Integer.parseInt(arguments[3])));
        if (arguments.length == 6)
            builder.setPskStore(new SinglePskStore(arguments[4], arguments[5].getBytes(StandardCharsets.UTF_8)));
        else prove(builder, isClient, arguments[4].equals("rpk"), arguments[5], arguments[6], arguments[7]);
        return builder.build();
    }

    private static void prove(DtlsConnectorConfig.Builder builder, boolean isClient, boolean isRaw, String key, String own, String peer)
            throws Exception {
        if (!isClient) builder.set(DtlsConfig.DTLS_CLIENT_AUTHENTICATION_MODE, CertificateAuthenticationMode.NEEDED);
        PrivateKey secret = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pem(key)));
        StaticCertificateVerifier.Builder trust = StaticCertificateVerifier.builder();
        if (isRaw) {
            builder.setCertificateIdentityProvider(new SingleCertificateProvider(secret, publicKey(own)));
            trust.setTrustedRPKs(new RawPublicKeyIdentity(publicKey(peer)));
        } else {
            Certificate[] chain = {certificate(own)};
            builder.setCertificateIdentityProvider(new SingleCertificateProvider(secret, chain, CertificateType.X_509));
            trust.setTrustedCertificates(certificate(peer));
        }
        builder.setCertificateVerifier(trust.build());
    }

    private static byte[] pem(String file) throws Exception {
        String text = Files.readString(Path.of(file)).replaceAll("-----[^-]*-----", "");
        return Base64.getMimeDecoder().decode(text);
    }

    private static PublicKey publicKey(String file) throws Exception {
        return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(pem(file)));
    }

    private static Certificate certificate(String file) throws Exception {
        return CertificateFactory.getInstance("X.509").generateCertificate(Files.newInputStream(Path.of(file)));
    }
}
