package dev.tradingplatform.signal.bar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToleranceTest {

    @Test
    void changesThatAreEqualInDecimalsAreEqual() {
        double one = 50.8 - 50.7;
        double other = 50.2 - 50.1;

        assertThat(one).as("the case that the rule is for").isNotEqualTo(other);
        assertThat(Tolerance.OF_CHANGES.sign(one - other, 50.8)).isZero();
        assertThat(Tolerance.OF_CHANGES.sign(one - other, -50.8)).isZero();
    }

    @Test
    void smallestDifferenceOfFifteenDigitsIsADifference() {
        assertThat(Tolerance.OF_CHANGES.sign(9.99999999999999 - 9.99999999999998, 9.99999999999999))
                .isEqualTo(1);
        assertThat(Tolerance.OF_CHANGES.sign(43267.46626390 - 43267.46626391, 43267.46626391))
                .isEqualTo(-1);
    }

    @Test
    void nothingIsAboveOrBelowANumberThatIsNotThereYet() {
        assertThat(Tolerance.OF_MEANS.sign(Double.NaN, 1)).isNaN();
    }
}
