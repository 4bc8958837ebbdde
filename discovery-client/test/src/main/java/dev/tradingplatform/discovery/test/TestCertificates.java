package dev.tradingplatform.discovery.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate authority that exists only while the test runs, and issues certificates for servers and clients.
 * Nothing is written to disk. Immutable and safe for concurrent use.
 *
 * <p>Keys are ECDSA on P-256, certificates are X.509 v3 (RFC 5280), signed with SHA-256 and valid from 2000 to 2049, so
 * that a clock that a test changes does not matter. The JDK can parse and check certificates, but has no public API
 * that creates them: this class encodes them itself, which takes milliseconds, where a process of {@code keytool} for
 * each step would take seconds.
 */
public final class TestCertificates {

    private static final String SIGNATURE = "SHA256withECDSA";
    private static final String CURVE = "secp256r1";
    private static final String NOT_BEFORE = "000101000000Z";
    private static final String NOT_AFTER = "491231235959Z";

    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.objectIdentifier("1.2.840.10045.4.3.2"));
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final int KEY_IDENTIFIER_BYTES = 20;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    /** keyCertSign (bit 5). */
    private static final byte[] CERTIFICATE_SIGN = Der.bitString(2, new byte[] {0x04});

    /** digitalSignature (bit 0). */
    private static final byte[] DIGITAL_SIGNATURE = Der.bitString(7, new byte[] {(byte) 0x80});

    private static final int SERIAL_BITS = 63;
    private static final int PEM_LINE = 64;
    private static final Pattern IP = Pattern.compile("[0-9.]+|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");
    private static final char[] IN_MEMORY = "in memory".toCharArray();

    private final SecureRandom random = new SecureRandom();
    private final Identity authority;

    private TestCertificates(String commonName) {
        KeyPair keys = keys();
        X500Principal name = name(commonName);
        X509Certificate certificate = sign(
                name,
                keys.getPublic(),
                name,
                keys.getPrivate(),
                extension(BASIC_CONSTRAINTS, true, Der.sequence(Der.bool(true))),
                extension(KEY_USAGE, true, CERTIFICATE_SIGN),
                extension(SUBJECT_KEY_IDENTIFIER, false, Der.octetString(keyIdentifier(keys.getPublic()))));
        authority = new Identity(certificate, keys.getPrivate());
    }

    /** Creates an authority with a new key; certificates of one authority are not trusted by another. */
    public static TestCertificates create() {
        return new TestCertificates("Test authority");
    }

    /**
     * A certificate and its private key.
     *
     * @param certificate signed by the authority
     * @param privateKey an ECDSA key
     */
    public record Identity(X509Certificate certificate, PrivateKey privateKey) {

        /**
         * Returns the certificate in PEM format, for example for {@code spring.ssl.bundle.pem.*.keystore.certificate}.
         */
        public String certificatePem() {
            return pem("CERTIFICATE", encoded(certificate));
        }

        /** Returns the private key in PEM format (PKCS #8), for example for {@code …keystore.private-key}. */
        public String privateKeyPem() {
            return pem("PRIVATE KEY", privateKey.getEncoded());
        }

        /** Returns a PKCS #12 key store with one entry, {@code identity}. */
        public KeyStore keyStore(char[] password) {
            try {
                KeyStore store = emptyStore();
                store.setKeyEntry("identity", privateKey, password, new X509Certificate[] {certificate});
                return store;
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Does not show the key. */
        @Override
        public String toString() {
            return "Identity[" + certificate.getSubjectX500Principal() + "]";
        }
    }

    /**
     * Issues a certificate that is valid for servers and clients.
     *
     * @param name the common name, and the first subject alternative name: a DNS name such as
     *     {@code stock-service.trading-platform.local}, or an IP address
     * @param more further alternative names
     */
    public Identity issue(String name, String... more) {
        KeyPair keys = keys();
        byte[][] alternatives = Stream.concat(Stream.of(name), Arrays.stream(more))
                .map(TestCertificates::alternative)
                .toArray(byte[][]::new);
        X509Certificate certificate = sign(
                name(name),
                keys.getPublic(),
                authority.certificate().getSubjectX500Principal(),
                authority.privateKey(),
                extension(KEY_USAGE, true, DIGITAL_SIGNATURE),
                extension(
                        EXTENDED_KEY_USAGE,
                        false,
                        Der.sequence(Der.objectIdentifier(SERVER_AUTH), Der.objectIdentifier(CLIENT_AUTH))),
                extension(
                        AUTHORITY_KEY_IDENTIFIER,
                        false,
                        Der.sequence(Der.implicit(
                                0, keyIdentifier(authority.certificate().getPublicKey())))),
                extension(SUBJECT_ALTERNATIVE_NAME, false, Der.sequence(alternatives)));
        return new Identity(certificate, keys.getPrivate());
    }

    /** Returns the certificate of the authority. */
    public X509Certificate certificate() {
        return authority.certificate();
    }

    /** Returns the certificate of the authority in PEM format, for example for {@code …truststore.certificate}. */
    public String certificatePem() {
        return authority.certificatePem();
    }

    /** Returns a PKCS #12 key store with one entry, {@code authority}: the certificate to trust. */
    public KeyStore trustStore() {
        try {
            KeyStore store = emptyStore();
            store.setCertificateEntry("authority", authority.certificate());
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a context of a party without a certificate that trusts certificates of this authority only. */
    public SSLContext context() {
        return context(new KeyManager[0]);
    }

    /** Returns a context of a server or client with a certificate that trusts certificates of this authority only. */
    public SSLContext context(Identity identity) {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(identity.keyStore(IN_MEMORY), IN_MEMORY);
            return context(factory.getKeyManagers());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLContext context(KeyManager[] keys) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trustStore());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust.getTrustManagers(), random);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate sign(
            X500Principal subject, PublicKey key, X500Principal issuer, PrivateKey signer, byte[]... extensions) {
        byte[] version3 = Der.explicit(0, Der.integer(BigInteger.TWO));
        byte[] content = Der.sequence(
                version3,
                Der.integer(new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE)),
                ECDSA_WITH_SHA256,
                issuer.getEncoded(),
                Der.sequence(Der.utcTime(NOT_BEFORE), Der.utcTime(NOT_AFTER)),
                subject.getEncoded(),
                key.getEncoded(),
                Der.explicit(3, Der.sequence(extensions)));
        try {
            Signature signature = Signature.getInstance(SIGNATURE);
            signature.initSign(signer, random);
            signature.update(content);
            byte[] signed = Der.sequence(content, ECDSA_WITH_SHA256, Der.bitString(0, signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] extension(String id, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.objectIdentifier(id), Der.bool(true), Der.octetString(value))
                : Der.sequence(Der.objectIdentifier(id), Der.octetString(value));
    }

    /** RFC 7093 §2, method 4. */
    private static byte[] keyIdentifier(PublicKey key) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()), KEY_IDENTIFIER_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] alternative(String name) {
        if (!IP.matcher(name).matches()) {
            return Der.implicit(DNS_NAME, name.getBytes(StandardCharsets.US_ASCII));
        }
        try {
            return Der.implicit(IP_ADDRESS, InetAddress.getByName(name).getAddress());
        } catch (IOException e) {
            throw new IllegalArgumentException("name: \"" + name + "\" (expected: a DNS name or an IP address)", e);
        }
    }

    private static X500Principal name(String commonName) {
        return new X500Principal("CN=\"" + commonName + "\"");
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] content) {
        String lines = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(content);
        return String.join("\n", List.of("-----BEGIN " + type + "-----", lines, "-----END " + type + "-----", ""));
    }
}
