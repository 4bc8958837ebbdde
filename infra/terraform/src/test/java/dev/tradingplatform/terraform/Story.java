package dev.tradingplatform.terraform;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What happened to an emulated account from nothing to nothing. */
record Story(
        Account account,
        JsonNode outputs,
        JsonNode state,
        Plan again,
        Plan registryMadeAnew,
        Plan nextImage,
        Plan scaledAfterMove,
        JsonNode apis,
        JsonNode namespace,
        String inside,
        List<String> remembered,
        List<String> left) {

    private static final String STATE_FILE = "applied.tfstate";
    private static final String STATE = "-state=" + STATE_FILE;
    private static final String NO_WAIT = "-var=wait_for_steady_state=false";

    /** The emulator is not made for several changes at a time: it then loses a security group's first rule. */
    private static final String ONE_BY_ONE = "-parallelism=1";

    /** Applies as the README says, looks, plans again, adds options, and destroys. */
    static Story tell(Workspace workspace) {
        workspace
                .terraform("apply", "-auto-approve", ONE_BY_ONE, STATE, NO_WAIT, "-target=module.ecr")
                .expectSuccess();
        workspace
                .terraform("apply", "-auto-approve", ONE_BY_ONE, STATE, NO_WAIT)
                .expectSuccess();
        Account account = Account.read(workspace);
        JsonNode outputs = Workspace.JSON.readTree(
                workspace.terraform("output", "-json", STATE).expectSuccess().output());
        JsonNode state = workspace.state(STATE_FILE);
        Plan again = new Plan(workspace.plan(STATE));
        Plan anew = new Plan(
                workspace.plan(STATE, "-replace=module.stock_service_discovery.aws_service_discovery_service.this"));
        Plan next = new Plan(workspace.plan(STATE, "-var=stock_service={image_tag=\"0.2.0\"}"));
        Plan scaled = scaledAfterMove(workspace);
        workspace
                .terraform(
                        "apply",
                        "-auto-approve",
                        ONE_BY_ONE,
                        STATE,
                        NO_WAIT,
                        "-var=http_api={}",
                        "-var=toolbox=true",
                        "-var=dns_negative_ttl=15")
                .expectSuccess();
        JsonNode apis = workspace.aws("apigatewayv2", "get-apis").path("Items");
        JsonNode namespace = workspace.aws(
                "servicediscovery",
                "get-namespace",
                "--id",
                account.namespaces().at("/0/Id").asString(""));
        String inside = workspace
                .terraform("output", "-raw", STATE, "inside")
                .expectSuccess()
                .output();
        List<String> remembered = destroy(workspace);
        return new Story(
                account,
                outputs,
                state,
                again,
                anew,
                next,
                scaled,
                apis,
                namespace,
                inside,
                remembered,
                Account.left(workspace));
    }

    /** As the README says for autoscaling, in a copy of the state, because the emulator cannot apply it. */
    private static Plan scaledAfterMove(Workspace workspace) {
        String copy = "-state=scaled.tfstate";
        String service = "module.stock_data_service.module.fargate.aws_ecs_service.";
        workspace.copy(STATE_FILE, "scaled.tfstate");
        workspace
                .terraform("state", "mv", copy, service + "this[0]", service + "autoscaled[0]")
                .expectSuccess();
        return new Plan(workspace.plan(copy, "-var=stock_service={autoscaling={min=2,max=6}}"));
    }

    /** The emulator cannot delete the policy of a file system; a real one goes with it. */
    private static List<String> destroy(Workspace workspace) {
        workspace
                .terraform("state", "rm", STATE, "module.efs[0].aws_efs_file_system_policy.this")
                .expectSuccess();
        workspace
                .terraform(
                        "destroy",
                        "-auto-approve",
                        ONE_BY_ONE,
                        STATE,
                        NO_WAIT,
                        "-var=http_api={}",
                        "-var=toolbox=true",
                        "-var=dns_negative_ttl=15")
                .expectSuccess();
        return workspace
                .terraform("state", "list", STATE)
                .expectSuccess()
                .output()
                .lines()
                .toList();
    }
}
