package dev.tradingplatform.stock.api;

import jakarta.validation.constraints.Pattern;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which of the replicas this is.
 *
 * @param instanceId name in the header X-Served-By; the host's name if it is empty
 */
@Validated
@ConfigurationProperties("stock")
record InstanceSettings(
        @DefaultValue("") @Pattern(regexp = "[!-~]{0,128}") String instanceId) {

    String name() {
        if (!instanceId.isEmpty()) {
            return instanceId;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            // A host without a name still serves.
            return "unnamed";
        }
    }
}
