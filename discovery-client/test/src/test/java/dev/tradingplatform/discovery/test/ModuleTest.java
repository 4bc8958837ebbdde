package dev.tradingplatform.discovery.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModuleTest {

    private final ModuleDescriptor module = ModuleFinder.of(Path.of("target/classes"))
            .find("dev.tradingplatform.discovery.test")
            .orElseThrow()
            .descriptor();

    @Test
    void exportsOnePackage() {
        assertThat(module.exports())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactly("dev.tradingplatform.discovery.test");
        assertThat(module.packages()).containsExactly("dev.tradingplatform.discovery.test");
    }

    @Test
    void needsNeitherJunitNorTheClientNorSpring() {
        Set<String> needed = module.requires().stream()
                .filter(required -> !required.modifiers().contains(Requires.Modifier.STATIC))
                .map(Requires::name)
                .collect(Collectors.toSet());

        assertThat(needed).containsExactlyInAnyOrder("java.base", "org.dnsjava", "org.slf4j");
    }
}
