package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.balance.Fault;
import java.time.Duration;

/** What sending a request to one endpoint came to. */
sealed interface Exchanged {

    /**
     * The endpoint answered, whatever the status.
     *
     * @param response whole, or with a body over the limit still to be read
     */
    record Answered(ServiceResponse response) implements Exchanged {}

    /**
     * It did not.
     *
     * @param fault what that says against the endpoint
     * @param sent whether any byte of the request may have reached it
     * @param why in plain words
     */
    record Failed(Fault fault, boolean sent, String why) implements Exchanged {}

    /**
     * Nothing was sent, for want of a connection within the time that was left: all of them busy, too little time to
     * make one, or the endpoint leaving at that moment. Says nothing against the endpoint.
     *
     * @param waited for how long
     */
    record NoConnection(Duration waited) implements Exchanged {}
}
