package dev.tradingplatform.terraform;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What an account answers when it is asked through the AWS CLI. */
record Account(
        JsonNode namespaces,
        JsonNode registries,
        JsonNode services,
        JsonNode stockTask,
        JsonNode signalTask,
        JsonNode roles,
        JsonNode accessPoints,
        JsonNode fileSystems,
        JsonNode securityGroups,
        JsonNode logGroups) {

    static Account read(Workspace workspace) {
        return new Account(
                workspace.aws("servicediscovery", "list-namespaces").path("Namespaces"),
                workspace.aws("servicediscovery", "list-services").path("Services"),
                workspace
                        .aws(
                                "ecs",
                                "describe-services",
                                "--cluster",
                                "trading-platform",
                                "--services",
                                "stock-service",
                                "signal-processing-service")
                        .path("services"),
                task(workspace, "stock-service"),
                task(workspace, "signal-processing-service"),
                workspace
                        .aws("iam", "get-account-authorization-details", "--filter", "Role")
                        .path("RoleDetailList"),
                workspace.aws("efs", "describe-access-points").path("AccessPoints"),
                workspace.aws("efs", "describe-file-systems").path("FileSystems"),
                workspace.aws("ec2", "describe-security-groups").path("SecurityGroups"),
                workspace.aws("logs", "describe-log-groups").path("logGroups"));
    }

    private static JsonNode task(Workspace workspace, String family) {
        return workspace
                .aws("ecs", "describe-task-definition", "--task-definition", family)
                .path("taskDefinition");
    }

    /**
     * Everything that Terraform makes and that costs money or blocks a name, as far as it is still there. A deleted
     * cluster can be described for a while longer, as INACTIVE.
     */
    static List<String> left(Workspace workspace) {
        return Stream.of(
                        workspace.aws(
                                "ecs",
                                "describe-clusters",
                                "--clusters",
                                "trading-platform",
                                "--query",
                                "clusters[?status=='ACTIVE']"),
                        workspace
                                .aws("ecs", "list-task-definitions", "--status", "ACTIVE")
                                .path("taskDefinitionArns"),
                        workspace.aws("servicediscovery", "list-services").path("Services"),
                        workspace.aws("servicediscovery", "list-namespaces").path("Namespaces"),
                        workspace.aws("efs", "describe-file-systems").path("FileSystems"),
                        workspace.aws("ecr", "describe-repositories").path("repositories"),
                        workspace.aws("logs", "describe-log-groups").path("logGroups"),
                        workspace.aws(
                                "iam", "list-roles", "--query", "Roles[?!starts_with(Path, '/aws-service-role/')]"),
                        workspace.aws("apigatewayv2", "get-apis").path("Items"),
                        workspace.aws("apigatewayv2", "get-vpc-links").path("Items"),
                        workspace
                                .aws("ec2", "describe-vpcs", "--filters", "Name=is-default,Values=false")
                                .path("Vpcs"))
                .flatMap(Account::each)
                .map(JsonNode::toString)
                .toList();
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
