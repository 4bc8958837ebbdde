/** The examples of the README: they use the test kit from another package, as other projects do. */
@NullMarked
package dev.tradingplatform.discovery.test.example;

import org.jspecify.annotations.NullMarked;
