package dev.tradingplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** What must hold of every plan, whatever the options, and what each option is for. */
class PlanPolicyTest {

    private static final String PASSWORD = "/trading-platform/database-password";

    @TestFactory
    Stream<DynamicContainer> keepsToThePolicies() {
        Workspace workspace = Workspace.emulated();
        Map<String, String[]> variants = new LinkedHashMap<>();
        variants.put("by default", new String[] {});
        variants.put("in an existing VPC", new String[] {"-var=existing_vpc=" + existingVpc(workspace)});
        variants.put(
                "with everything public and a toolbox",
                new String[] {"-var=http_api={}", "-var=toolbox=true", "-var=dns_negative_ttl=15"});
        variants.put("on PostgreSQL, with tokens", new String[] {
            "-var=postgresql={}", "-var=stock_auth={secret_parameter=\"/trading-platform/stock-auth-secret\"}"
        });
        variants.put("between SQLite and PostgreSQL", new String[] {"-var=postgresql={keep_file_system=true}"});
        variants.put("on SQLite, with tokens and writes from the internet", new String[] {
            "-var=http_api={writes=true}", "-var=stock_auth={secret_parameter=\"/trading-platform/stock-auth-secret\"}"
        });
        variants.put("with autoscaling and Spot", new String[] {
            "-var=stock_service={autoscaling={min=2,max=6},capacity=\"MIXED\"}",
            "-var=signal_service={capacity=\"FARGATE_SPOT\"}"
        });
        workspace.aws(
                "ssm",
                "put-parameter",
                "--name",
                PASSWORD,
                "--type",
                "SecureString",
                "--overwrite",
                "--value",
                "PlanPolicyTest-has-no-secrets");
        return variants.entrySet().stream().map(variant -> {
            Plan plan = new Plan(workspace.plan(variant.getValue()));
            return DynamicContainer.dynamicContainer(variant.getKey(), tests(variant.getKey(), plan));
        });
    }

    private static Stream<DynamicTest> tests(String variant, Plan plan) {
        Map<String, Consumer<Plan>> policies = new LinkedHashMap<>();
        policies.put("has no load balancer and no NAT gateway", PlanPolicyTest::costsNothingPerHour);
        policies.put("lets in nobody by address", PlanPolicyTest::letsInNobodyByAddress);
        policies.put("shows no secret", PlanPolicyTest::showsNoSecret);
        policies.put("keeps every log for a limited time", PlanPolicyTest::keepsLogsForALimitedTime);
        policies.put("runs as nobody on a root it cannot write to", PlanPolicyTest::runsAsNobody);
        policies.put("has two roles for each task", PlanPolicyTest::hasTwoRoles);
        policies.put("is what the option says", each -> Options.check(variant, each));
        return policies.entrySet().stream()
                .map(policy -> DynamicTest.dynamicTest(
                        policy.getKey(), () -> policy.getValue().accept(plan)));
    }

    private static void costsNothingPerHour(Plan plan) {
        assertThat(plan.resources())
                .hasSizeGreaterThan(20)
                .extracting(Plan.Resource::type)
                .noneMatch(type ->
                        type.matches("aws_(lb|alb|elb|nat_gateway|eip|vpclattice|kms_key|globalaccelerator).*"));
    }

    private static void letsInNobodyByAddress(Plan plan) {
        assertThat(plan.ofType("aws_vpc_security_group_ingress_rule"))
                .isNotEmpty()
                .allSatisfy(rule -> {
                    assertThat(rule.after().path("cidr_ipv4").isNull()).isTrue();
                    assertThat(rule.after().path("cidr_ipv6").isNull()).isTrue();
                    assertThat(rule.after().path("prefix_list_id").isNull()).isTrue();
                });
        assertThat(plan.resources())
                .noneMatch(resource -> resource.type().equals("aws_security_group_rule"))
                .noneMatch(resource -> resource.type().equals("aws_security_group")
                        && !resource.after().path("ingress").isEmpty());
    }

    private static void showsNoSecret(Plan plan) {
        for (JsonNode container : plan.services()) {
            for (JsonNode variable : container.path("environment")) {
                assertThat(variable.path("name").asString("")).doesNotContainPattern("SECRET|PASSWORD|TOKEN|KEY");
            }
            for (JsonNode secret : container.path("secrets")) {
                assertThat(secret.path("valueFrom").asString("")).startsWith("arn:aws:ssm:us-east-1:");
            }
        }
        assertThat(plan.json().toString()).doesNotContain("PlanPolicyTest-has-no-secrets");
    }

    private static void keepsLogsForALimitedTime(Plan plan) {
        assertThat(plan.ofType("aws_cloudwatch_log_group"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(group -> assertThat(
                                group.after().path("retention_in_days").asInt(0))
                        .isBetween(1, 365));
    }

    private static void runsAsNobody(Plan plan) {
        List<JsonNode> containers = new ArrayList<>(plan.services());

        assertThat(containers).isNotEmpty().allSatisfy(container -> {
            assertThat(container.path("user").asString("")).isEqualTo("10001:10001");
            assertThat(container.path("readonlyRootFilesystem").asBoolean(false))
                    .isTrue();
            assertThat(container.path("privileged").asBoolean(false)).isFalse();
        });
    }

    private static void hasTwoRoles(Plan plan) {
        assertThat(plan.ofType("aws_iam_role").map(Plan.Resource::address))
                .contains("module.stock_iam.aws_iam_role.execution", "module.stock_iam.aws_iam_role.task")
                .contains("module.signal_iam.aws_iam_role.execution", "module.signal_iam.aws_iam_role.task");
    }

    /** The VPC that every account begins with. */
    private static String existingVpc(Workspace workspace) {
        JsonNode subnets = workspace
                .aws("ec2", "describe-subnets", "--filters", "Name=default-for-az,Values=true")
                .path("Subnets");
        return "{vpc_id=\"" + subnets.at("/0/VpcId").asString("") + "\",subnet_ids=[\""
                + subnets.at("/0/SubnetId").asString("") + "\",\""
                + subnets.at("/1/SubnetId").asString("") + "\"]}";
    }
}
