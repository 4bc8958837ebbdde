package dev.tradingplatform.terraform;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A plan as {@code terraform show -json} tells it. */
record Plan(JsonNode json) {

    /** What a resource of the plan will be. */
    record Resource(String address, String type, JsonNode after) {

        String text(String pointer) {
            return after.at(pointer).asString("");
        }
    }

    /** All resources that will be there, of all modules. */
    List<Resource> resources() {
        List<Resource> all = new ArrayList<>();
        for (JsonNode change : json.path("resource_changes")) {
            if ("managed".equals(change.path("mode").asString(""))
                    && !change.at("/change/after").isNull()) {
                all.add(new Resource(
                        change.path("address").asString(""),
                        change.path("type").asString(""),
                        change.at("/change/after")));
            }
        }
        return all;
    }

    /** What will be done to a resource, in order; nothing where it is not in the plan. */
    List<String> actions(String address) {
        return Account.each(json.path("resource_changes"))
                .filter(change -> change.path("address").asString("").equals(address))
                .flatMap(change -> Account.each(change.at("/change/actions")))
                .map(action -> action.asString(""))
                .toList();
    }

    Stream<Resource> ofType(String type) {
        return resources().stream().filter(resource -> resource.type().equals(type));
    }

    /** The containers of the two services, as ECS gets them; without those that are known only after apply. */
    List<JsonNode> services() {
        return ofType("aws_ecs_task_definition")
                .filter(task -> !task.address().startsWith("module.toolbox"))
                .filter(task -> !task.text("/container_definitions").isEmpty())
                .map(task -> Workspace.JSON
                        .readTree(task.text("/container_definitions"))
                        .path(0))
                .toList();
    }

    JsonNode service(String name) {
        return services().stream()
                .filter(container -> name.equals(container.path("name").asString("")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no container " + name));
    }

    /**
     * Attributes that differ or are not known yet, {@code delete} for a resource that goes; of a replacement what
     * causes it, because what AWS computes anew for one is no difference.
     */
    static Stream<String> differences(JsonNode change) {
        if (change.path("actions").toString().equals("[\"delete\"]")) {
            return Stream.of("delete");
        }
        if (!change.path("replace_paths").isMissingNode()) {
            return Account.each(change.path("replace_paths"))
                    .map(path -> path.path(0).asString(""));
        }
        JsonNode before = change.path("before");
        JsonNode after = change.path("after");
        JsonNode unknown = change.path("after_unknown");
        return Stream.of(before, after, unknown)
                .flatMap(each -> each.propertyNames().stream())
                .distinct()
                .filter(name -> unknown.path(name).toString().contains("true")
                        || !before.path(name).equals(after.path(name)));
    }
}
