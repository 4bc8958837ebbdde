package dev.tradingplatform.stock.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID provider on a loopback port that can go away and come back: its discovery document, its keys, its tokens.
 */
public final class FakeOpenIdProvider implements AutoCloseable {

    private volatile List<JWK> keys = List.of();
    private volatile String name = "";
    private @Nullable HttpServer server;
    private int port;

    /** Starts with the public half of these keys. */
    public FakeOpenIdProvider(JWK... keys) {
        publish(keys);
        comeBack();
        name = issuer();
    }

    /** Makes an RSA key. */
    public static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes a key on the curve P-256. */
    public static ECKey ec(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs what a token says, with the algorithm of the key. */
    public static String bearer(JWK key, JWTClaimsSet claims, String type) {
        JWSAlgorithm algorithm = key instanceof RSAKey ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256;
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .keyID(key.getKeyID())
                        .type(new JOSEObjectType(type))
                        .build(),
                claims);
        try {
            token.sign(key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner(key.toECKey()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return "Bearer " + token.serialize();
    }

    /** Returns its URL. */
    public String issuer() {
        return "http://127.0.0.1:" + port + "/realm";
    }

    /** Replaces its keys. */
    public void publish(JWK... next) {
        keys = List.of(next);
    }

    /** Says from now on that it is another. */
    public void callItself(String other) {
        name = other;
    }

    /** Refuses connections from now on. */
    public void goAway() {
        HttpServer running = server;
        if (running != null) {
            running.stop(0);
            server = null;
        }
    }

    /** Answers again, at the same address. */
    public void comeBack() {
        try {
            HttpServer next = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            next.createContext(
                    "/realm/.well-known/openid-configuration", exchange -> answer(exchange, configuration()));
            next.createContext("/realm/keys", exchange -> answer(exchange, new JWKSet(keys).toString(true)));
            next.start();
            port = next.getAddress().getPort();
            server = next;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        goAway();
    }

    private String configuration() {
        return "{\"issuer\":\"" + name + "\",\"jwks_uri\":\"" + issuer()
                + "/keys\",\"subject_types_supported\":[\"public\"]}";
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
