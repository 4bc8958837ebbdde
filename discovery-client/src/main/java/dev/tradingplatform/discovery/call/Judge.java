package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.balance.Fault;
import java.util.Optional;

/** Says what an outcome means: for the endpoint, and for the call. */
final class Judge {

    private static final int SERVER_ERROR = 500;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private Judge() {}

    /** What a status says against its endpoint; nothing for everything below 500. */
    static Optional<Fault> faultOf(int status) {
        if (status >= BAD_GATEWAY && status <= GATEWAY_TIMEOUT) {
            return Optional.of(Fault.GATEWAY_STATUS);
        }
        return status >= SERVER_ERROR ? Optional.of(Fault.SERVER_ERROR) : Optional.empty();
    }

    /** Whether another endpoint may help: the answer speaks of the endpoint's state and not of the request. */
    static boolean anotherMayHelp(Fault fault) {
        return fault != Fault.SERVER_ERROR;
    }
}
