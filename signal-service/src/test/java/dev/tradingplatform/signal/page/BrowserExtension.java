package dev.tradingplatform.signal.page;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One Chromium for all tests of a run; a new stage and a new tab for each test that asks for them. */
final class BrowserExtension implements BeforeEachCallback, ParameterResolver {

    private static final Namespace OURS = Namespace.create(BrowserExtension.class);

    private record Browser(Optional<Chromium> chromium) implements AutoCloseable {

        @Override
        public void close() {
            chromium.ifPresent(Chromium::close);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Assumptions.assumeTrue(chromium(context).isPresent(), "SKIPPED: no Chromium on this machine");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Stage.class || type == Tab.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = context.getStore(OURS);
        if (parameter.getParameter().getType() == Stage.class) {
            return store.computeIfAbsent(Stage.class);
        }
        return store.computeIfAbsent(
                Tab.class, type -> chromium(context).orElseThrow().newTab(), Tab.class);
    }

    private static Optional<Chromium> chromium(ExtensionContext context) {
        return context.getRoot()
                .getStore(OURS)
                .computeIfAbsent(Browser.class, type -> new Browser(Chromium.start()), Browser.class)
                .chromium();
    }
}
