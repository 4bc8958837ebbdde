package dev.tradingplatform.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code docker compose --profile postgres up}: the same platform on a real PostgreSQL server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresContainersScenarioTest {

    private static final String OWN_IMAGE = "trading-platform-test-postgres";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Docker docker = new Docker("docker compose --profile postgres");
    private Compose compose = Compose.project(RandomGenerator.getDefault(), Duration.ZERO);

    @BeforeAll
    void start() {
        if (docker.isThere()) {
            docker.cleansUp(compose);
            compose = compose.with("POSTGRES_IMAGE", image());
            compose.run("--profile", "postgres", "up", "--build", "--wait", "--scale", "stock-service=2");
        }
    }

    @AfterAll
    void stop() {
        http.close();
        if (docker.isThere()) {
            compose.run("--profile", "*", "down", "--volumes", "--timeout", "2");
        }
    }

    @BeforeEach
    void requireDocker() {
        docker.require();
    }

    @Test
    void theSamePlatformRunsOnPostgres() throws Exception {
        HttpResponse<String> signal =
                get(compose.published("signal-service", "tcp", 80), "/api/v1/signals/TICKER_1?strategy=sma-cross");

        assertThat(signal.statusCode()).isEqualTo(200);
        assertThat(compose.run(
                        "exec",
                        "-T",
                        "--env",
                        "PGPASSWORD=quotes",
                        "postgres",
                        "psql",
                        "-h",
                        "127.0.0.1",
                        "-U",
                        "quotes",
                        "-d",
                        "quotes",
                        "-Atc",
                        "select count(*) from quote"))
                .as("the demo quotes: five tickers of 750 days")
                .isEqualTo("3750");
        assertThatThrownBy(() -> compose.run("exec", "-T", "stock-service", "ls", "/data/stock.db"))
                .hasMessageContaining("No such file");
    }

    @Test
    void aPlatformThatRunsOnSqliteIsNotSplit() {
        Compose sqlite =
                Compose.project(RandomGenerator.getDefault(), Duration.ZERO).with("POSTGRES_IMAGE", image());
        docker.cleansUp(sqlite);
        try {
            sqlite.run("up", "--no-build", "--wait", "--scale", "stock-service=1", "stock-service");

            String[] up = {"--profile", "postgres", "up", "--no-build", "--wait", "--no-recreate"};
            assertThatThrownBy(() -> sqlite.run(up)).hasMessageContaining("choose-database");
        } finally {
            sqlite.run("--profile", "*", "down", "--volumes", "--timeout", "2");
        }
    }

    private HttpResponse<String> get(InetSocketAddress address, String path) throws Exception {
        URI uri = URI.create("http://" + Story.address(address) + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    /** The one that users get, or where that cannot be pulled one that takes the same settings. */
    private String image() {
        if (docker.has("postgres:17")) {
            return "postgres:17";
        }
        compose.docker("build", "--quiet", "--tag", OWN_IMAGE, "infra/local/src/test/docker/postgres");
        return OWN_IMAGE;
    }
}
