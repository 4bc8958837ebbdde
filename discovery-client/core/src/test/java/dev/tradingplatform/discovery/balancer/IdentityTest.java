package dev.tradingplatform.discovery.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.balancer.TestPool.Attempt;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An address is given to another service, which does not send the name that the responses carried before. */
class IdentityTest {

    private final TestPool test = new TestPool();

    @BeforeEach
    void findEndpoints() {
        test.complete(1, 2, 3);
    }

    /** Makes a call as the HTTP layer does. Returns whether the response may be used. */
    private boolean responds(int port, boolean named, boolean newConnection) {
        Attempt attempt = test.attempt(port);
        boolean confirmed = attempt.pooled().confirmsIdentity(named, newConnection);
        if (confirmed) {
            attempt.succeeded();
        } else {
            attempt.failed(FailureKind.FOREIGN);
        }
        test.clock.advance(Duration.ofMillis(1));
        return confirmed;
    }

    private void allRespondNamed() {
        for (int port = 1; port <= 3; port++) {
            assertThat(responds(port, true, true)).isTrue();
        }
    }

    @Test
    void acceptsAServiceThatNeverSendsItsName() {
        for (int port = 1; port <= 3; port++) {
            assertThat(responds(port, false, true)).isTrue();
            assertThat(test.state(port)).isEqualTo(EndpointState.ACTIVE);
        }
    }

    @Test
    void ejectsAnEndpointThatOmitsTheNameAfterANewConnection() {
        allRespondNamed();

        assertThat(responds(1, false, true)).isFalse();

        assertThat(test.state(1)).isEqualTo(EndpointState.EJECTED);
        assertThat(test.status(1).reason()).isEqualTo("another service responds at this address");
        assertThat(test.picked(100)).containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void acceptsAResponseWithoutTheNameOnAConnectionThatIsNotNew() {
        allRespondNamed();

        assertThat(responds(1, false, false))
                .as("an error page of the same process")
                .isTrue();

        assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);
    }

    @Test
    void acceptsNoResponseWithoutTheNameOnceANewConnectionOmittedIt() {
        allRespondNamed();
        responds(1, false, true);

        assertThat(responds(1, false, false)).isFalse();
    }

    @Test
    void readmitsAnEndpointThatSendsTheNameAgain() {
        allRespondNamed();
        responds(1, false, true);
        test.clock.advance(Duration.ofMillis(6_100));

        Attempt trial = test.attempt();
        assertThat(trial.port()).isEqualTo(1);
        assertThat(trial.pooled().confirmsIdentity(true, true)).isTrue();
        trial.succeeded();

        assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);
        assertThat(responds(1, false, false)).isTrue();
    }

    @Test
    void makesNoTrialCallThatCannotBeRepeated() {
        allRespondNamed();
        responds(1, false, true);

        test.clock.advance(Duration.ofMinutes(5));

        assertThat(test.pool.untilNextProbe()).isEmpty();
        assertThat(test.pickedOnce(100)).containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void failedConnectionDoesNotBringAForeignEndpointBack() {
        allRespondNamed();
        responds(1, false, true);

        test.attempt(1).failed(FailureKind.UNREACHABLE);

        assertThat(test.pool.untilNextProbe()).isEmpty();
        assertThat(test.status(1).reason()).startsWith("another service responds at this address");
    }

    @Test
    void acceptsThatAllEndpointsStopSendingTheName() {
        allRespondNamed();

        assertThat(responds(1, false, true)).isFalse();
        assertThat(responds(2, false, true)).isFalse();
        assertThat(responds(3, false, true)).as("no other sends it any more").isTrue();

        for (int port = 1; port <= 3; port++) {
            assertThat(test.state(port)).isEqualTo(EndpointState.ACTIVE);
            assertThat(responds(port, false, true)).isTrue();
        }
    }

    @Test
    void endpointThatAcceptsNoCallsIsNoWitness() {
        allRespondNamed();
        test.breaks(2, 3);

        assertThat(responds(1, false, true)).isTrue();
    }

    @Test
    void acceptsThatTheOnlyEndpointStopsSendingTheName() {
        test.complete(1);
        assertThat(responds(1, true, true)).isTrue();

        assertThat(responds(1, false, true)).isTrue();
    }

    @Test
    void endpointThatIsListedAnewNeedNotSendTheName() {
        allRespondNamed();
        responds(1, false, true);
        test.complete(2, 3);

        test.complete(1, 2, 3);

        assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);
        assertThat(responds(1, false, true)).isTrue();
    }
}
