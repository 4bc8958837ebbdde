package dev.tradingplatform.discovery.test.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.TestCertificates;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class TlsTest {

    private final TestCertificates authority = TestCertificates.create();

    @Test
    void sendsTheCertificateOfTheClient() throws Exception {
        SSLContext server = authority.context(authority.issue("localhost"));
        SSLContext client = authority.context(authority.issue("signal-service"));

        try (Backend stock = Backend.startTls(InetAddress.getLoopbackAddress(), 0, server)
                        .requireClientCertificate();
                HttpClient http = HttpClient.newBuilder().sslContext(client).build()) {
            URI uri = URI.create("https://localhost:" + stock.address().getPort() + "/");
            HttpResponse<String> response =
                    http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(stock.executed().getFirst().connection().clientName()).contains("CN=signal-service");
        }
    }
}
