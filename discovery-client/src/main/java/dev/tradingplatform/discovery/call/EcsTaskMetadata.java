package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.balance.Cidr;
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
 * Asks the ECS agent for the subnet of the own task (task metadata endpoint version 4,
 * {@code Networks[].IPv4SubnetCIDRBlock}; Fargate platform 1.4 and later). Needs no permission and no network beyond
 * the task.
 */
final class EcsTaskMetadata {

    private static final Logger LOG = LoggerFactory.getLogger(EcsTaskMetadata.class);
    private static final String VARIABLE = "ECS_CONTAINER_METADATA_URI_V4";
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int LARGEST = 1 << 20;
    private static final Pattern SUBNET = Pattern.compile("\"IPv4SubnetCIDRBlock\"\\s*:\\s*\"([^\"]+)\"");

    private EcsTaskMetadata() {}

    /** The subnets of this task; empty, without a word, where there is no ECS. */
    static List<Cidr> subnets(Map<String, String> environment) {
        String base = environment.getOrDefault(VARIABLE, "");
        if (base.isEmpty()) {
            return List.of();
        }
        try {
            URLConnection connection = URI.create(base + "/task").toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            try (InputStream body = connection.getInputStream()) {
                String json = new String(body.readNBytes(LARGEST), StandardCharsets.UTF_8);
                return SUBNET.matcher(json)
                        .results()
                        .map((MatchResult match) -> new Cidr(match.group(1)))
                        .distinct()
                        .toList();
            }
        } catch (IOException | IllegalArgumentException unusable) {
            LOG.info("The own zone is not known, so calls do not prefer it: {}", unusable.toString());
            return List.of();
        }
    }
}
