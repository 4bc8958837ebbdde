/**
 * Keeps replicas alive as ECS keeps tasks: starts them, registers them when they are ready, checks their health,
 * replaces them when they die. Depends on {@code child} and on the registry of {@code discovery-client-test}.
 */
@NullMarked
package dev.tradingplatform.local.replica;

import org.jspecify.annotations.NullMarked;
