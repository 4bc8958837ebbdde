package dev.tradingplatform.signal.discovery;

import dev.tradingplatform.discovery.ServiceStatus;
import java.util.List;

/** What discovery-client knows at this moment. */
@FunctionalInterface
interface ServiceStatuses {

    List<ServiceStatus> now();
}
