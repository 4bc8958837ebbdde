package dev.tradingplatform.local.replica;

import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.local.child.Children;
import java.util.function.Consumer;

/**
 * What all replicas share.
 *
 * @param cloudMap where they are registered
 * @param children starts their processes
 * @param health checks them
 * @param events is told what happens to them, from their threads
 */
public record Cluster(CloudMap cloudMap, Children children, HealthCheck health, Consumer<ReplicaEvent> events) {}
