/**
 * Runs the whole platform on one machine with only a JDK: {@link dev.tradingplatform.local.LocalPlatform} is the
 * program, {@link dev.tradingplatform.local.Platform} what it runs. Nothing depends on this package.
 */
@NullMarked
package dev.tradingplatform.local;

import org.jspecify.annotations.NullMarked;
