package dev.tradingplatform.discovery.spring;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if {@code discovery.namespace} has a value. {@code ConditionalOnProperty} does not see a YAML list, whose
 * keys are {@code discovery.namespace[0]} and so on.
 */
final class OnNamespace extends SpringBootCondition {

    private static final String PROPERTY = "discovery.namespace";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        List<String> namespaces = Binder.get(context.getEnvironment())
                .bind(PROPERTY, Bindable.listOf(String.class))
                .orElse(List.of());
        ConditionMessage.Builder message = ConditionMessage.forCondition("discovery-client");
        return namespaces.isEmpty()
                ? ConditionOutcome.noMatch(message.because(PROPERTY + " is not set"))
                : ConditionOutcome.match(message.foundExactly(PROPERTY + "=" + namespaces));
    }
}
