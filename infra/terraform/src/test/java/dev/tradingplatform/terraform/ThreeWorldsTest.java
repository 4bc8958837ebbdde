package dev.tradingplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.DurationStyle;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/** Terraform, compose and the services' own configuration say the same of names, ports, times and settings. */
class ThreeWorldsTest {

    /** Directory of the service, and its name in DNS. */
    private static final Map<String, String> SERVICES =
            Map.of("stock-service", "stock-service", "signal-service", "signal-processing-service");

    private static final Pattern DEFAULT = Pattern.compile("\\$\\{\\w+:-([^}]*)}");

    @Test
    void servicesHaveOneNameAndNamespaceEverywhere() throws IOException {
        JsonNode cloudMap = compose().at("/services/cloud-map/environment");

        assertThat(SERVICES).allSatisfy((directory, name) -> {
            assertThat(application(directory).at("/discovery/server/name").asString(""))
                    .isEqualTo(name);
            assertThat(plan().ofType("aws_service_discovery_service").map(registry -> registry.text("/name")))
                    .contains(name);
            assertThat(environment(plan().service(name))).containsEntry("DISCOVERY_SERVER_NAME", name);
            assertThat(List.of(cloudMap.path("SERVICES").asString("").split(",")))
                    .contains(name);
        });
        String namespace =
                application("signal-service").at("/discovery/namespace").asString("");
        assertThat(cloudMap.path("NAMESPACE").asString("")).isEqualTo(namespace);
        assertThat(plan().ofType("aws_service_discovery_private_dns_namespace").map(each -> each.text("/name")))
                .containsExactly(namespace);
        assertThat(environment(plan().service("signal-processing-service")))
                .containsEntry("DISCOVERY_NAMESPACE", namespace);
    }

    @Test
    void recordsLiveEquallyLongEverywhere() throws IOException {
        String composed = compose().at("/services/cloud-map/environment/TTL").asString("");

        assertThat(plan().ofType("aws_service_discovery_service")
                        .map(registry ->
                                registry.after().at("/dns_config/0/dns_records").findValuesAsString("ttl")))
                .allMatch(ttls -> ttls.equals(List.of(byDefault(composed), byDefault(composed))));
    }

    @Test
    void containersListenOnOnePort() throws IOException {
        assertThat(SERVICES).allSatisfy((directory, name) -> {
            JsonNode container = plan().service(name);
            String port = container.at("/portMappings/0/containerPort").asString("");
            assertThat(environment(container)).containsEntry("SERVER_PORT", port);
            assertThat(image(directory).environment()).containsEntry("SERVER_PORT", port);
            assertThat(image(directory).instructions("EXPOSE")).containsExactly(port);
            assertThat(compose().at("/services/" + directory + "/ports/0").asString(""))
                    .endsWith(":" + port);
        });
    }

    @Test
    void stockServiceListensForOtherContainers() throws IOException {
        Map<String, String> task = environment(plan().service("stock-service"));

        assertThat(image("stock-service").environment()).containsEntry("SERVER_ADDRESS", "0.0.0.0");
        assertThat(compose()
                        .at("/services/stock-service/environment/SERVER_ADDRESS")
                        .asString(""))
                .isEqualTo("0.0.0.0");
        assertThat(task)
                .containsEntry("SERVER_ADDRESS", "0.0.0.0")
                .containsEntry(
                        "STOCK_SECURITY_ALLOWEDHOSTS",
                        "stock-service.trading-platform.local,.stock-service.trading-platform.local");
    }

    @Test
    void healthIsAskedForInOneWay() throws IOException {
        String script = Files.readString(Workspace.ROOT.resolve("infra/local/src/main/docker/health"));

        assertThat(script).contains("/actuator/health/readiness");
        assertThat(SERVICES).allSatisfy((directory, name) -> {
            assertThat(plan().service(name).at("/healthCheck/command").toString())
                    .isEqualTo("[\"CMD\",\"/app/health\"]");
            assertThat(image(directory).instructions("HEALTHCHECK"))
                    .singleElement()
                    .asString()
                    .endsWith("CMD [\"/app/health\"]");
            assertThat(application(directory)
                            .at("/management/endpoint/health/probes/enabled")
                            .asBoolean(false))
                    .isTrue();
        });
    }

    @Test
    void everyVariableSetsASettingThatExists() throws IOException {
        Settings documented = Settings.documented();

        for (Map.Entry<String, String> service : SERVICES.entrySet()) {
            Map<String, String> all = new HashMap<>(image(service.getKey()).environment());
            all.putAll(composed(service.getKey()));
            all.putAll(environment(plan().service(service.getValue())));
            all.putAll(secrets());
            assertThat(all).hasSizeGreaterThan(4).allSatisfy((variable, value) -> {
                String setting = documented.setBy(variable, value).orElse("nothing");
                assertThat(setting).as(variable).isNotEqualTo("nothing");
                if (Duration.class.getName().equals(documented.types().get(setting))) {
                    assertThat(DurationStyle.detectAndParse(value)).as(variable).isPositive();
                }
            });
        }
    }

    @Test
    void stopTimeoutsLeaveTimeToDrainAndToEndRequests() throws IOException {
        Duration ttl = Duration.ofSeconds(60);
        assertThat(SERVICES).allSatisfy((directory, name) -> {
            JsonNode container = plan().service(name);
            Duration requests = requests(directory);
            Duration drain =
                    DurationStyle.detectAndParse(environment(container).getOrDefault("DISCOVERY_SERVER_DRAIN", "0s"));
            assertThat(drain).isGreaterThan(ttl);
            assertThat(environment(container))
                    .containsEntry("SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE", requests.toSeconds() + "s");
            assertThat(Duration.ofSeconds(container.path("stopTimeout").asInt(0)))
                    .isBetween(drain.plus(requests), Duration.ofSeconds(120));
            Duration composed =
                    DurationStyle.detectAndParse(composed(directory).getOrDefault("DISCOVERY_SERVER_DRAIN", "0s"));
            assertThat(DurationStyle.detectAndParse(compose()
                            .at("/services/" + directory + "/stop_grace_period")
                            .asString("0s")))
                    .isGreaterThanOrEqualTo(composed.plus(requests));
        });
    }

    @Test
    void processesBelongToOneUserAndWriteToTheSameDirectories() throws IOException {
        assertThat(SERVICES).allSatisfy((directory, name) -> {
            String user = plan().service(name).path("user").asString("");
            assertThat(image(directory).instructions("USER")).containsExactly(user);
            assertThat(compose().at("/services/" + directory + "/user").asString(""))
                    .isEqualTo(user);
        });
        String data = plan().service("stock-service")
                .at("/mountPoints/0/containerPath")
                .asString("");
        assertThat(compose().at("/services/stock-service/volumes/0").asString(""))
                .endsWith(":" + data);
        // The volume is where the user may write on Fargate's own disk, too, for which the image has to say so
        assertThat(image("stock-service").instructions("VOLUME")).containsExactly(data);
        for (String variable : List.of("STOCK_DATABASE_FILE", "STOCK_SPOOL_DIRECTORY")) {
            String set = environment(plan().service("stock-service")).getOrDefault(variable, "");
            assertThat(image("stock-service").environment()).containsEntry(variable, set);
            assertThat(set).startsWith(data + "/");
        }
    }

    private static Plan plan() {
        return Plans.byDefault();
    }

    private static JsonNode compose() {
        return yaml("docker-compose.yml");
    }

    private static JsonNode application(String directory) {
        return yaml(directory + "/src/main/resources/application.yml");
    }

    private static JsonNode yaml(String file) {
        try {
            return Workspace.JSON.valueToTree(new Yaml().load(Files.readString(Workspace.ROOT.resolve(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Image image(String directory) {
        try {
            return Image.of(Files.readString(Workspace.ROOT.resolve(directory + "/Dockerfile")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How long a service lets requests end, if nobody says otherwise: Spring Boot's own time, or what the service sets.
     */
    private static Duration requests(String directory) {
        return DurationStyle.detectAndParse(application(directory)
                .at("/spring/lifecycle/timeout-per-shutdown-phase")
                .asString("30s"));
    }

    private static Map<String, String> environment(JsonNode container) {
        Map<String, String> environment = new HashMap<>();
        for (JsonNode variable : container.path("environment")) {
            environment.put(
                    variable.path("name").asString(""), variable.path("value").asString(""));
        }
        return environment;
    }

    private static Map<String, String> composed(String service) {
        Map<String, String> environment = new HashMap<>();
        compose()
                .at("/services/" + service + "/environment")
                .properties()
                .forEach(variable -> environment.put(
                        variable.getKey(), byDefault(variable.getValue().asString(""))));
        return environment;
    }

    /** Those that Terraform sets in variants only; the modules' tests say that it does. */
    private static Map<String, String> secrets() {
        List<String> names = new ArrayList<>(List.of(
                "STOCK_AUTH_SECRET",
                "STOCK_AUTH_ISSUER",
                "STOCK_DATABASE_URL",
                "STOCK_DATABASE_USERNAME",
                "STOCK_DATABASE_PASSWORD",
                "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE"));
        Map<String, String> values = new HashMap<>();
        names.forEach(name -> values.put(name, "a value"));
        return values;
    }

    private static String byDefault(String interpolated) {
        return DEFAULT.matcher(interpolated).replaceAll("$1");
    }
}
