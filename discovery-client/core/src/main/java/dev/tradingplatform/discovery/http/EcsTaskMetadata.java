package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.balancer.Cidr;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the subnets of this task from the ECS agent (task metadata endpoint version 4,
 * {@code Networks[].IPv4SubnetCIDRBlock}; Fargate platform version 1.4.0 and later). Needs no permission.
 */
final class EcsTaskMetadata {

    private static final Logger LOG = LoggerFactory.getLogger(EcsTaskMetadata.class);
    private static final String VARIABLE = "ECS_CONTAINER_METADATA_URI_V4";
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern SUBNET = Pattern.compile("\"IPv4SubnetCIDRBlock\"\\s*:\\s*\"([^\"]+)\"");

    private EcsTaskMetadata() {}

    /**
     * Returns the subnets of this task; empty outside ECS, or if the agent does not answer.
     *
     * @param environment variables of the process
     */
    static List<Cidr> subnets(Map<String, String> environment) {
        String base = environment.getOrDefault(VARIABLE, "");
        if (base.isEmpty()) {
            return List.of();
        }
        try {
            URLConnection connection = URI.create(base + "/task").toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try (InputStream body = connection.getInputStream()) {
                String json = new String(body.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
                return SUBNET.matcher(json)
                        .results()
                        .map((MatchResult match) -> new Cidr(match.group(1)))
                        .distinct()
                        .toList();
            }
        } catch (IOException | IllegalArgumentException unusable) {
            LOG.info(
                    "The availability zone is unknown, so that calls do not prefer endpoints in it: {}",
                    unusable.toString());
            return List.of();
        }
    }
}
