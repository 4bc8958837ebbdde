package dev.tradingplatform.stock.api;

/**
 * The path variables and query parameters of a request, as a record that {@link RequestParametersResolver} binds. Its
 * components are the accepted parameters; those with {@code @PathVariable} are in the path.
 *
 * <p>The constructor receives null for an absent parameter, and for one that could not be converted. A compact
 * constructor puts the default in its place.
 */
interface RequestParameters {

    /** Reports contradictions between parameters. Also called if a parameter could not be converted. */
    default void check(ParameterFaults faults) {}

    /**
     * Returns the upper bound of an integer parameter.
     *
     * @param declared the bound that its {@code @Max} names
     */
    default long max(String name, long declared) {
        return declared;
    }
}
