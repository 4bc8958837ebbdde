package dev.tradingplatform.discovery.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Lets Spring Boot print the sentence alone, without a stack trace. First, because Boot's own analyzers know only the
 * exceptions around it, such as that of a failed binding.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InvalidConfigurationAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidConfigurationException cause) {
        return new FailureAnalysis(cause.getMessage(), "Correct the configuration of discovery-client.", rootFailure);
    }
}
