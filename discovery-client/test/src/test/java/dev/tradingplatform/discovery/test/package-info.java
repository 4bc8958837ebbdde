/** Tests of the test kit. */
@NullMarked
package dev.tradingplatform.discovery.test;

import org.jspecify.annotations.NullMarked;
