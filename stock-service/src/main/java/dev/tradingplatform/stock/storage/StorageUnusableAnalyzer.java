package dev.tradingplatform.stock.storage;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a sentence, without a stack trace, why the service does not start. */
final class StorageUnusableAnalyzer extends AbstractFailureAnalyzer<StorageUnusableException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StorageUnusableException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), rootFailure);
    }
}
