package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WarmupTest {

    @Test
    void makesCompleteCallsInMemory() throws IOException {
        assertThat(Warmup.run()).containsExactly("{}", "{}");
    }
}
