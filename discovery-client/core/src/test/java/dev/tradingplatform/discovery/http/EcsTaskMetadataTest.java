package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.balancer.Cidr;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EcsTaskMetadataTest {

    private final Backend agent = Backend.start();
    private final Map<String, String> environment =
            Map.of("ECS_CONTAINER_METADATA_URI_V4", "http://" + agent.name() + "/v4/abc");

    @AfterEach
    void stop() {
        agent.close();
    }

    @Test
    void readsTheSubnetsOfTheTask() {
        agent.behave(BackendBehaviour.answering(200, """
                {"Cluster":"c","AvailabilityZone":"eu-west-1b","Containers":[{"Networks":[{"NetworkMode":"awsvpc",
                 "IPv4Addresses":["10.0.2.106"], "IPv4SubnetCIDRBlock" : "10.0.2.0/24"}]},
                 {"Networks":[{"IPv4SubnetCIDRBlock":"10.0.2.0/24"}]}]}"""));

        assertThat(EcsTaskMetadata.subnets(environment)).containsExactly(new Cidr("10.0.2.0/24"));
        assertThat(agent.executed().get(0).path()).isEqualTo("/v4/abc/task");
    }

    @Test
    void knowsNoSubnetIfTheAgentFailsOrThereIsNone() {
        agent.behave(BackendBehaviour.answering(500, "no"));
        assertThat(EcsTaskMetadata.subnets(environment)).isEmpty();

        agent.refuse();
        assertThat(EcsTaskMetadata.subnets(environment)).isEmpty();

        assertThat(EcsTaskMetadata.subnets(Map.of())).isEmpty();
    }
}
