package dev.tradingplatform.terraform;

import org.jspecify.annotations.Nullable;

/** The plan that most questions are about, made once. */
final class Plans {

    private static @Nullable Plan byDefault;

    private Plans() {}

    static Plan byDefault() {
        Plan plan = byDefault;
        if (plan == null) {
            plan = new Plan(Workspace.emulated().plan());
            byDefault = plan;
        }
        return plan;
    }
}
