package dev.tradingplatform.signal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedCacheTest {

    /** Room for two strings of four characters: 16 are counted for each besides. */
    private final BoundedCache<String, String> cache = new BoundedCache<>(40, String::length);

    @Test
    void letsGoOfWhatWasNotAskedForLongest() {
        cache.keep("a", "1234");
        cache.keep("b", "1234");
        assertThat(cache.of("a")).isPresent();

        cache.keep("c", "1234");

        assertThat(cache.of("a")).contains("1234");
        assertThat(cache.of("b")).isEmpty();
        assertThat(cache.of("c")).contains("1234");
    }

    @Test
    void neverHoldsMoreThanItsCapacity() {
        for (int i = 0; i < 1_000; i++) {
            cache.keep("key " + i % 7, "x".repeat(i % 50));

            assertThat(cache.held()).isLessThanOrEqualTo(40);
        }
    }

    @Test
    void doesNotKeepWhatIsTooHeavyAndForgetsWhatItReplaces() {
        cache.keep("a", "1234");

        cache.keep("a", "x".repeat(25));

        assertThat(cache.of("a")).isEmpty();
        assertThat(cache.held()).isZero();
    }

    @Test
    void valueThatIsTooHeavyCostsNoOther() {
        cache.keep("a", "1234");

        cache.keep("b", "x".repeat(25));

        assertThat(cache.of("a")).contains("1234");
        assertThat(cache.of("b")).isEmpty();
    }

    @Test
    void countsAReplacedValueOnce() {
        cache.keep("a", "1234");
        cache.keep("a", "12");

        assertThat(cache.held()).isEqualTo(18);
        cache.drop("a");
        assertThat(cache.held()).isZero();
    }
}
