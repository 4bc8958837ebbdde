package dev.tradingplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What counts as a difference between what is there and what is planned. */
class PlanTest {

    @Test
    void anAttributeThatChangesIsADifference() {
        assertThat(Plan.differences(Workspace.JSON.readTree("""
                {"actions":["update"],"before":{"a":1,"b":2},"after":{"a":1,"b":3},"after_unknown":{"c":[false]}}
                """))).containsExactly("b");
    }

    @Test
    void anAttributeThatNobodyKnowsYetIsADifference() {
        assertThat(Plan.differences(Workspace.JSON.readTree("""
                {"actions":["update"],"before":{"a":1,"b":2},"after":{"a":1},"after_unknown":{"b":true,"c":[{"d":true}]}}
                """))).containsExactly("b", "c");
    }

    @Test
    void aDeletionIsADifference() {
        assertThat(Plan.differences(Workspace.JSON.readTree("""
                {"actions":["delete"],"before":{"a":1},"after":null,"after_unknown":{}}
                """))).containsExactly("delete");
    }

    @Test
    void ofAReplacementOnlyItsCausesAreDifferences() {
        assertThat(Plan.differences(Workspace.JSON.readTree("""
                {"actions":["delete","create"],"before":{"a":1,"id":"x"},"after":{"a":2},"after_unknown":{"id":true},
                 "replace_paths":[["a"]]}
                """))).containsExactly("a");
    }
}
