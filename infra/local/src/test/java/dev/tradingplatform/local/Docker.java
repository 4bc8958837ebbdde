package dev.tradingplatform.local;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.ResourceReaper;

/** The Docker engine of this machine, if there is one; set {@code REQUIRE_DOCKER} where there must be. */
final class Docker {

    private static final Logger LOG = LoggerFactory.getLogger(Docker.class);

    private static final long PULL_MINUTES = 5;
    private static final int FREEZE_TRIES = 20;

    private final boolean there = DockerClientFactory.instance().isDockerAvailable();

    /** @param unproven what nothing is known about without it */
    Docker(String unproven) {
        if (!there) {
            LOG.warn("*** SKIPPED: nothing is proven about {}, because there is no Docker here ***", unproven);
            Optional.ofNullable(System.getenv("REQUIRE_DOCKER")).ifPresent(_ -> {
                throw new IllegalStateException("REQUIRE_DOCKER is set, but there is no Docker here");
            });
        }
    }

    boolean isThere() {
        return there;
    }

    /** For each test, so that each is counted as skipped. */
    void require() {
        assumeTrue(there, "there is no Docker here");
    }

    DockerClient client() {
        return DockerClientFactory.lazyClient();
    }

    /** Whether an image is there, or can be pulled. */
    boolean has(String image) {
        try {
            client().inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return pulled(image);
        }
    }

    private boolean pulled(String image) {
        try {
            return client().pullImageCmd(image).start().awaitCompletion(PULL_MINUTES, TimeUnit.MINUTES);
        } catch (DockerClientException | InternalServerErrorException | NotFoundException e) {
            LOG.info("{} cannot be pulled: {}", image, e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Pauses a container. On cgroups of version 1 that may need several tries: it freezes one thread after another. */
    void freeze(String container) {
        for (int tries = 1; ; tries++) {
            try {
                client().pauseContainerCmd(container).exec();
                return;
            } catch (InternalServerErrorException e) {
                if (tries == FREEZE_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Removes a project's containers and volumes even if this JVM is killed. */
    void cleansUp(Compose compose) {
        client();
        ResourceReaper.instance()
                .registerLabelsFilterForCleanup(Map.of("com.docker.compose.project", compose.project()));
    }
}
