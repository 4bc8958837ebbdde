package dev.tradingplatform.signal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import dev.tradingplatform.signal.catalogue.Violation;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

    /** Bars of 2020-01-01 to 2020-01-10. */
    private final Bars bars = SampleBars.randomWalk(1, 10);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, 0, 10",
                "last=3, 7, 10",
                "last=99, 0, 10",
                "from=2020-01-03, 2, 10",
                "to=2020-01-03, 0, 3",
                "from=2020-01-03&to=2020-01-03, 2, 3",
                "from=2020-01-03&to=2020-01-08&last=2, 6, 8",
                "from=2020-01-02T00:00:00Z, 1, 10",
                "from=2020-01-02T00:00:01Z, 2, 10",
                "to=2020-01-02T00:00:00Z, 0, 2",
                "to=2020-01-02T01:00:00+01:00, 0, 2",
                "from=2021-01-01, 10, 10",
                "to=2019-01-01, 0, 0",
                "from=2020-01-05&to=2020-01-02, 4, 4"
            })
    void showsWhatIsAskedForAndNothingOutside(String query, int first, int end) {
        Window window = Window.of(query(query));

        assertThat(window.first(bars)).isEqualTo(first);
        assertThat(window.behindLast(bars)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday, from",
        "to=2020-13-01, to",
        "to=2020-01-01T00:00:00, to",
        "last=0, last",
        "last=-1, last",
        "last=1.5, last",
        "last=99999999999, last"
    })
    void refusesWhatCannotBeRead(String query, String parameter) {
        Query taken = query(query);

        assertThatThrownBy(() -> taken.finish(() -> Window.of(taken)))
                .isInstanceOfSatisfying(
                        InvalidParameterException.class,
                        refused -> assertThat(refused.violations())
                                .extracting(Violation::parameter)
                                .containsExactly(parameter));
    }

    @Test
    void whatNobodyTookIsRefused() {
        Query query = query("last=3&lsat=4");
        Window window = Window.of(query);

        assertThat(window.last()).isEqualTo(3);
        assertThatThrownBy(() -> query.finish(() -> window))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("lsat: \"4\" (expected: only these parameters: from, last, to)");
    }

    @Test
    void everythingThatCannotBeUsedIsNamedAtOnce() {
        Query query = query("from=x&to=y&last=0&lsat=4");

        assertThatThrownBy(() -> query.finish(() -> Window.of(query)))
                .isInstanceOfSatisfying(
                        InvalidParameterException.class,
                        refused -> assertThat(refused.violations())
                                .extracting(Violation::parameter)
                                .containsExactly("from", "to", "last", "lsat"));
    }

    private static Query query(@Nullable String text) {
        return new Query(
                text == null
                        ? Map.of()
                        : Arrays.stream(text.split("&"))
                                .map(pair -> pair.split("=", 2))
                                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    }
}
