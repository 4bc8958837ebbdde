package dev.tradingplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;

/** What a plan has, or has not, because of the options it was made with. */
final class Options {

    private Options() {}

    static void check(String variant, Plan plan) {
        switch (variant) {
            case "by default" -> byDefault(plan);
            case "in an existing VPC" -> inAnExistingVpc(plan);
            case "with everything public and a toolbox" -> publicWithToolbox(plan);
            case "on PostgreSQL, with tokens" -> onPostgresql(plan);
            case "between SQLite and PostgreSQL" -> betweenSqliteAndPostgresql(plan);
            case "on SQLite, with tokens and writes from the internet" -> onSqliteWithTokens(plan);
            case "with autoscaling and Spot" -> scaled(plan);
            default -> throw new AssertionError(variant);
        }
    }

    private static void byDefault(Plan plan) {
        assertThat(plan.ofType("aws_ecs_service")
                        .map(service -> service.text("/name") + " " + service.text("/desired_count")))
                .containsExactlyInAnyOrder("stock-service 3", "signal-processing-service 1");
        assertThat(plan.ofType("aws_ecs_task_definition").map(task -> task.text("/cpu") + "/" + task.text("/memory")))
                .containsExactly("256/512", "256/512");
        assertThat(plan.ofType("aws_efs_mount_target")).hasSize(2);
        assertThat(plan.ofType("aws_subnet")).hasSize(2);
    }

    private static void inAnExistingVpc(Plan plan) {
        assertThat(plan.resources())
                .extracting(Plan.Resource::type)
                .doesNotContain("aws_vpc", "aws_subnet", "aws_route_table", "aws_internet_gateway", "aws_vpc_endpoint");
        assertThat(plan.ofType("aws_service_discovery_private_dns_namespace"))
                .allMatch(namespace -> namespace.text("/vpc").startsWith("vpc-"));
    }

    private static void publicWithToolbox(Plan plan) {
        assertThat(plan.ofType("aws_apigatewayv2_integration"))
                .singleElement()
                .matches(integration -> integration.text("/connection_type").equals("VPC_LINK"));
        assertThat(plan.ofType("aws_apigatewayv2_route").map(route -> route.text("/route_key")))
                .hasSize(4)
                .allMatch(route -> route.startsWith("GET /") || route.startsWith("HEAD /"));
        assertThat(plan.ofType("aws_vpc_security_group_ingress_rule").map(rule -> rule.text("/description")))
                .contains("Calls from http-api", "Calls from toolbox");
        assertThat(plan.ofType("terraform_data").map(Plan.Resource::address))
                .contains("module.dns_namespace.terraform_data.negative_ttl[0]");
        assertThat(plan.service("signal-processing-service").path("environment").toString())
                .contains("MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE");
    }

    private static void onPostgresql(Plan plan) {
        assertThat(plan.resources()).extracting(Plan.Resource::type).noneMatch(type -> type.startsWith("aws_efs"));
        assertThat(plan.ofType("aws_db_instance")).singleElement().satisfies(server -> {
            assertThat(server.after().path("storage_encrypted").asBoolean(false))
                    .isTrue();
            assertThat(server.after().path("publicly_accessible").asBoolean(true))
                    .isFalse();
            assertThat(server.after().path("password_wo").isNull()).isTrue();
        });
    }

    private static void betweenSqliteAndPostgresql(Plan plan) {
        assertThat(plan.ofType("aws_db_instance")).hasSize(1);
        assertThat(plan.ofType("aws_efs_file_system")).hasSize(1);
        assertThat(plan.ofType("aws_ecs_task_definition"))
                .hasSize(2)
                .noneMatch(task -> task.after().path("volume").toString().contains("file_system_id"));
    }

    /** Known in the plan, unlike PostgreSQL's task, and so what the policy on secrets is about. */
    private static void onSqliteWithTokens(Plan plan) {
        assertThat(plan.service("stock-service").path("secrets"))
                .singleElement()
                .matches(secret -> secret.path("name").asString("").equals("STOCK_AUTH_SECRET"))
                .matches(secret -> secret.path("valueFrom")
                        .asString("")
                        .endsWith(":parameter/trading-platform/stock-auth-secret"));
        assertThat(plan.ofType("aws_apigatewayv2_route").map(route -> route.text("/route_key")))
                .contains("POST /api/v1/imports/{ticker}");
    }

    private static void scaled(Plan plan) {
        assertThat(plan.ofType("aws_ecs_service").map(Plan.Resource::address))
                .contains("module.stock_data_service.module.fargate.aws_ecs_service.autoscaled[0]");
        assertThat(plan.ofType("aws_appautoscaling_target").map(target -> target.text("/resource_id")))
                .containsExactly("service/trading-platform/stock-service");
        assertThat(plan.ofType("aws_ecs_service")
                        .map(service -> service.after()
                                .path("capacity_provider_strategy")
                                .toString()))
                .allMatch(strategy -> strategy.contains("FARGATE_SPOT"));
    }
}
