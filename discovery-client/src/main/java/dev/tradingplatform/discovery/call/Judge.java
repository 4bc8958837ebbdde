package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.balance.Fault;
import dev.tradingplatform.discovery.endpoint.ServiceName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Says what an answer means: for the endpoint, and for the call. */
final class Judge {

    private static final int SERVER_ERROR = 500;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private Judge() {}

    /**
     * What an outcome says against its endpoint.
     *
     * @param service the name that was called
     * @param aliases the names it is an alias of, by any of which whoever answers may call itself too
     */
    static Optional<Fault> faultOf(Exchanged exchanged, ServiceName service, Set<String> aliases) {
        return switch (exchanged) {
            case Exchanged.Answered(ServiceResponse answer) -> faultOf(answer, service, aliases);
            case Exchanged.Failed failed -> Optional.of(failed.fault());
            case Exchanged.NoConnection _ -> Optional.empty();
        };
    }

    /** Nothing for every status below 500 that the service itself gave. */
    private static Optional<Fault> faultOf(ServiceResponse answer, ServiceName service, Set<String> aliases) {
        List<String> said = answer.headers().getOrDefault(DiscoveryHeaders.SERVICE, List.of());
        if (!said.isEmpty()
                && !means(said.getFirst(), service.value())
                && aliases.stream().noneMatch(alias -> means(said.getFirst(), alias))) {
            return Optional.of(Fault.FOREIGN);
        }
        int status = answer.status();
        if (status >= BAD_GATEWAY && status <= GATEWAY_TIMEOUT) {
            return Optional.of(Fault.GATEWAY_STATUS);
        }
        return status >= SERVER_ERROR ? Optional.of(Fault.SERVER_ERROR) : Optional.empty();
    }

    /** Whether what somebody calls itself is this name, in whatever case (RFC 4343), with its namespace or without. */
    private static boolean means(String said, String name) {
        String lower = said.toLowerCase(Locale.ROOT);
        return (name + ".").equals(lower) || (name + ".").startsWith(lower + ".");
    }

    /** Whether another endpoint may help: the answer speaks of the endpoint's state and not of the request. */
    static boolean anotherMayHelp(Fault fault) {
        return fault != Fault.SERVER_ERROR;
    }

    static String words(ServiceResponse answer) {
        return "answered " + answer.status()
                + answer.headers().getOrDefault(DiscoveryHeaders.SERVICE, List.of()).stream()
                        .findFirst()
                        .map(name -> " as " + name)
                        .orElse("");
    }
}
