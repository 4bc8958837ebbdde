package dev.tradingplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The root module applied, read back and destroyed in an emulated account that is empty at first. */
class EmulatedPlatformTest {

    /** What moto forgets of a resource, by its type; on a second plan only that may differ. */
    private static final Map<String, Set<String>> KNOWN_GAPS = Map.of(
            "aws_vpc_security_group_ingress_rule", Set.of("description"),
            "aws_vpc_security_group_egress_rule", Set.of("description"),
            "aws_ecs_service",
                    Set.of(
                            "availability_zone_rebalancing",
                            "capacity_provider_strategy",
                            "deployment_circuit_breaker"));

    private static @Nullable Story told;

    @BeforeAll
    static void applyLookAndDestroy() {
        told = Story.tell(Workspace.emulated());
    }

    @Test
    void registersBothServicesWithAAndSrvRecords() {
        Account account = story().account();

        assertThat(account.namespaces()).singleElement().satisfies(namespace -> {
            assertThat(namespace.path("Name").asString("")).isEqualTo("trading-platform.local");
            assertThat(namespace.path("Type").asString("")).isEqualTo("DNS_PRIVATE");
        });
        assertThat(account.registries()).hasSize(2).allSatisfy(registry -> {
            assertThat(registry.at("/DnsConfig/RoutingPolicy").asString("")).isEqualTo("MULTIVALUE");
            assertThat(registry.at("/DnsConfig/DnsRecords").toString())
                    .isEqualTo("[{\"Type\":\"A\",\"TTL\":60},{\"Type\":\"SRV\",\"TTL\":60}]");
            assertThat(registry.at("/HealthCheckCustomConfig/FailureThreshold").asInt(0))
                    .isEqualTo(1);
        });
    }

    @Test
    void tiesEachEcsServiceToItsOwnRegistryAndPort() {
        assertThat(story().account().services()).hasSize(2).allSatisfy(service -> {
            String name = service.path("serviceName").asString("");
            JsonNode registry = service.at("/serviceRegistries/0");
            assertThat(registry.path("registryArn").asString("")).isEqualTo(arnOfRegistry(name));
            assertThat(registry.path("containerName").asString("")).isEqualTo(name);
            assertThat(registry.path("containerPort").asInt(0)).isEqualTo(80);
            assertThat(service.at("/networkConfiguration/awsvpcConfiguration/assignPublicIp")
                            .asString(""))
                    .isEqualTo("ENABLED");
            assertThat(service.at("/networkConfiguration/awsvpcConfiguration/securityGroups"))
                    .hasSize(1);
        });
        assertThat(story().account().services().findValuesAsString("desiredCount"))
                .contains("3", "1");
    }

    @Test
    void mountsTheFileSystemInStockServiceAlone() {
        Account account = story().account();
        JsonNode volume = account.stockTask().at("/volumes/0/efsVolumeConfiguration");

        assertThat(volume.path("fileSystemId").asString(""))
                .isEqualTo(account.fileSystems().at("/0/FileSystemId").asString("none"));
        assertThat(volume.path("transitEncryption").asString("")).isEqualTo("ENABLED");
        assertThat(volume.at("/authorizationConfig/iam").asString("")).isEqualTo("ENABLED");
        assertThat(volume.at("/authorizationConfig/accessPointId").asString(""))
                .isEqualTo(account.accessPoints().at("/0/AccessPointId").asString("none"));
        assertThat(account.accessPoints().at("/0/PosixUser/Uid").asInt(0)).isEqualTo(10001);
        assertThat(account.fileSystems().at("/0/Encrypted").asBoolean(false)).isTrue();
        assertThat(account.fileSystems().at("/0/NumberOfMountTargets").asInt(0)).isEqualTo(2);
        assertThat(account.signalTask().path("volumes")).isEmpty();
    }

    @Test
    void givesEachTaskTwoRolesAndTheCodeOnlyTheFileSystem() {
        assertThat(statements(story().account().stockTask().path("taskRoleArn")))
                .singleElement()
                .satisfies(mount -> {
                    assertThat(mount.path("Action").toString())
                            .isEqualTo("[\"elasticfilesystem:ClientMount\",\"elasticfilesystem:ClientWrite\"]");
                    assertThat(mount.path("Condition").toString())
                            .contains("elasticfilesystem:AccessPointArn", ":access-point/");
                });
        assertThat(statements(story().account().signalTask().path("taskRoleArn")))
                .isEmpty();
        assertThat(statements(story().account().stockTask().path("executionRoleArn")))
                .extracting(statement -> statement.path("Sid").asString(""))
                .containsExactlyInAnyOrder("Log", "SignIn", "Pull");
    }

    @Test
    void letsInSecurityGroupsOnly() {
        List<JsonNode> permissions = Account.each(story().account().securityGroups())
                .filter(group -> !group.path("GroupName").asString("").equals("default"))
                .flatMap(group -> Account.each(group.path("IpPermissions")))
                .toList();

        assertThat(permissions).hasSize(2).allSatisfy(permission -> {
            assertThat(permission.path("UserIdGroupPairs")).hasSize(1);
            assertThat(permission.path("IpRanges")).isEmpty();
            assertThat(permission.path("Ipv6Ranges")).isEmpty();
            assertThat(permission.path("PrefixListIds")).isEmpty();
        });
    }

    @Test
    void keepsLogsForAFortnight() {
        assertThat(story().account().logGroups())
                .hasSize(2)
                .allSatisfy(group ->
                        assertThat(group.path("retentionInDays").asInt(0)).isEqualTo(14));
    }

    @Test
    void tellsTheNextCommandsAndWhatAMonthCosts() {
        JsonNode outputs = story().outputs();

        assertThat(outputs.at("/push/value").asString(""))
                .contains("aws ecr get-login-password --region us-east-1 | docker login")
                .contains("docker push ")
                .contains(story().account()
                        .stockTask()
                        .at("/containerDefinitions/0/image")
                        .asString("none"))
                .contains(story().account()
                        .signalTask()
                        .at("/containerDefinitions/0/image")
                        .asString("none"));
        assertThat(outputs.at("/monthly_cost/value/total").asString("")).isEqualTo("44.83");
        assertThat(outputs.at("/names/value/0").asString("")).isEqualTo("stock-service.trading-platform.local");
    }

    /** ECS refuses to make a service while another of its name is being deleted. */
    @Test
    void keepsTheServiceWhenAutoscalingIsSwitchedOnAsTheReadmeSays() throws IOException {
        assertThat(Files.readString(Workspace.FOLDER.resolve("README.md")))
                .contains("terraform state mv \"$S.this[0]\" \"$S.autoscaled[0]\"");
        assertThat(story().scaledAfterMove()
                        .actions("module.stock_data_service.module.fargate.aws_ecs_service.this[0]"))
                .isEmpty();
        assertThat(Account.each(story().scaledAfterMove().json().path("resource_changes"))
                        .filter(change ->
                                change.path("address").asString("").endsWith("aws_ecs_service.autoscaled[0]")))
                .singleElement()
                .satisfies(change -> assertThat(Plan.differences(change.path("change")))
                        .isSubsetOf(KNOWN_GAPS.getOrDefault("aws_ecs_service", Set.of())));
    }

    @Test
    void changesNothingOnASecondApplyButWhatTheEmulatorForgets() {
        List<String> unexpected = new ArrayList<>();
        for (JsonNode change : story().again().json().path("resource_changes")) {
            if (!change.at("/change/actions").toString().equals("[\"no-op\"]")) {
                Set<String> known = KNOWN_GAPS.getOrDefault(change.path("type").asString(""), Set.of());
                Plan.differences(change.path("change"))
                        .filter(attribute -> !known.contains(attribute))
                        .forEach(attribute ->
                                unexpected.add(change.path("address").asString("") + ": " + attribute));
            }
        }

        assertThat(unexpected).isEmpty();
    }

    @Test
    void registersAnewWhenTheRegistryIsMadeAnew() {
        assertThat(Account.each(story().registryMadeAnew().json().path("resource_changes"))
                        .filter(change ->
                                change.at("/change/actions").toString().contains("create"))
                        .map(change -> change.path("address").asString("") + " "
                                + change.path("action_reason").asString("")))
                .contains(
                        "module.stock_data_service.module.fargate.aws_ecs_service.this[0] replace_by_triggers",
                        "module.stock_data_service.module.fargate.terraform_data.registry"
                                + " replace_because_cannot_update");
    }

    /** Names in a namespace are unique: the new registry cannot be made while the old one is there. */
    @Test
    void endsARegistryBeforeItMakesTheNextOfTheSameName() {
        assertThat(story().registryMadeAnew()
                        .actions("module.stock_service_discovery.aws_service_discovery_service.this"))
                .containsExactly("delete", "create");
    }

    /** A revision that is gone cannot be rolled back to. */
    @Test
    void keepsTheRunningRevisionUntilTheNextOneRuns() {
        assertThat(story().nextImage().actions("module.stock_data_service.module.fargate.aws_ecs_task_definition.this"))
                .containsExactly("create", "delete");
    }

    /**
     * What is made before what it replaces is deleted after whatever used it has changed: tasks on PostgreSQL, above
     * all.
     */
    @Test
    void wouldDeleteTheFileSystemOnlyWhenNoTaskUsesItAnyMore() {
        assertThat(Account.each(story().state().path("resources"))
                        .filter(resource -> resource.path("module").asString("").equals("module.efs[0]")))
                .hasSizeGreaterThan(5)
                .allMatch(resource ->
                        resource.at("/instances/0/create_before_destroy").asBoolean(false));
    }

    @Test
    void asksBothServicesAfterwardsWhetherTheyWereRolledBack() {
        assertThat(Account.each(story().nextImage().json().path("checks"))
                        .map(check -> check.at("/address/to_display").asString("")))
                .contains(
                        "module.stock_data_service.module.fargate.aws_ecs_service.this",
                        "module.signal_processing_service.module.fargate.aws_ecs_service.this");
    }

    @Test
    void putsAnApiInFrontAndLowersTheNegativeTtlWhenAsked() {
        assertThat(story().apis())
                .singleElement()
                .matches(api -> api.path("ProtocolType").asString("").equals("HTTP"));
        assertThat(story().namespace()
                        .at("/Namespace/Properties/DnsProperties/SOA/TTL")
                        .asInt(0))
                .isEqualTo(15);
    }

    @Test
    void waitsUntilTheToolboxHasDigAndCanBeEntered() {
        assertThat(story().inside().lines())
                .containsSubsequence(
                        story().inside()
                                .lines()
                                .filter(line -> line.startsWith("until ")
                                        && line.contains("HEALTHY RUNNING")
                                        && line.contains("STOPPED"))
                                .findFirst()
                                .orElse("a loop"),
                        "inside dig +noall +answer stock-service.trading-platform.local");
    }

    @Test
    void leavesNothingAfterDestroy() {
        assertThat(story().remembered()).isEmpty();
        assertThat(story().left()).isEmpty();
    }

    private static Story story() {
        Story story = told;
        if (story == null) {
            throw new AssertionError("nothing was applied");
        }
        return story;
    }

    private static String arnOfRegistry(String name) {
        return Account.each(story().account().registries())
                .filter(registry -> registry.path("Name").asString("").equals(name))
                .map(registry -> registry.path("Arn").asString(""))
                .findFirst()
                .orElse("none");
    }

    /** The statements of a role's policies; IAM gives policies back percent-encoded, the CLI decoded. */
    private static List<JsonNode> statements(JsonNode roleArn) {
        JsonNode role = Account.each(story().account().roles())
                .filter(each -> each.path("Arn").equals(roleArn))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no role " + roleArn));
        return Account.each(role.path("RolePolicyList"))
                .map(policy -> policy.path("PolicyDocument"))
                .map(document -> document.isObject()
                        ? document
                        : Workspace.JSON.readTree(URLDecoder.decode(document.asString(""), StandardCharsets.UTF_8)))
                .flatMap(document -> Account.each(document.path("Statement")))
                .toList();
    }
}
