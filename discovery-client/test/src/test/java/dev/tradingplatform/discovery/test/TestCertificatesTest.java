package dev.tradingplatform.discovery.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCertificatesTest {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private final TestCertificates authority = TestCertificates.create();

    @Test
    void issuesCertificatesWithNamesAndAddresses() throws GeneralSecurityException {
        X509Certificate certificate = authority
                .issue("stock-service.trading-platform.local", "*.example.org", "my_service", "127.0.0.1", "::1")
                .certificate();

        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSubjectX500Principal().getName())
                .isEqualTo("CN=stock-service.trading-platform.local");
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(entry -> List.<Object>copyOf(entry))
                .containsExactlyInAnyOrder(
                        List.of(DNS_NAME, "stock-service.trading-platform.local"),
                        List.of(DNS_NAME, "*.example.org"),
                        List.of(DNS_NAME, "my_service"),
                        List.of(IP_ADDRESS, "127.0.0.1"),
                        List.of(IP_ADDRESS, "0:0:0:0:0:0:0:1"));
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getKeyUsage()).startsWith(true, false);
        assertThat(certificate.getExtendedKeyUsage())
                .containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(authority.certificate().getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void issuesCertificatesThatOnlyItsOwnAuthorityVouchesFor() throws Exception {
        X509Certificate certificate = authority.issue("stock-service").certificate();

        validate(certificate, authority);
        assertThatThrownBy(() -> validate(certificate, TestCertificates.create()))
                .isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void writesPem() throws Exception {
        TestCertificates.Identity identity = authority.issue("stock-service");

        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(identity.certificatePem().getBytes(StandardCharsets.US_ASCII)));
        PrivateKey key = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(
                        Base64.getMimeDecoder().decode(identity.privateKeyPem().replaceAll("-----[A-Z ]+-----", ""))));

        assertThat(certificate).isEqualTo(identity.certificate());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        byte[] signed = signature.sign();
        signature.initVerify(certificate);
        assertThat(signature.verify(signed)).isTrue();
        assertThat(identity.privateKeyPem()).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(authority.certificatePem())
                .startsWith("-----BEGIN CERTIFICATE-----\n")
                .endsWith("-----END CERTIFICATE-----\n");
        assertThat(identity.toString()).isEqualTo("Identity[CN=stock-service]");
    }

    @Test
    void fillsKeyStores() throws GeneralSecurityException {
        TestCertificates.Identity identity = authority.issue("stock-service");
        char[] password = "changeit".toCharArray();

        KeyStore keys = identity.keyStore(password);

        assertThat(keys.getKey("identity", password)).isEqualTo(identity.privateKey());
        assertThat(keys.getCertificate("identity")).isEqualTo(identity.certificate());
        assertThat(authority.trustStore().getCertificate("authority")).isEqualTo(authority.certificate());
    }

    /** A parser that is not the JDK's, if this machine has one. */
    @Test
    void issuesCertificatesThatOpensslAccepts(@TempDir Path directory) throws IOException, InterruptedException {
        Path openssl = Path.of("/usr/bin/openssl");
        assumeTrue(Files.isExecutable(openssl), "there is no openssl");
        Path trusted = Files.writeString(directory.resolve("authority.pem"), authority.certificatePem());
        Path issued = Files.writeString(
                directory.resolve("issued.pem"),
                authority.issue("stock-service.local").certificatePem());

        Process process = new ProcessBuilder(
                        openssl.toString(),
                        "verify",
                        "-x509_strict",
                        "-purpose",
                        "sslserver",
                        "-verify_hostname",
                        "stock-service.local",
                        "-CAfile",
                        trusted.toString(),
                        issued.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(output).isEqualTo(issued + ": OK\n");
    }

    private static void validate(X509Certificate certificate, TestCertificates authority) throws Exception {
        CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate));
        PKIXParameters parameters = new PKIXParameters(authority.trustStore());
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }
}
