/**
 * The stand-in for Cloud Map among containers. {@link dev.tradingplatform.local.container.CloudMapContainer} is its
 * program: who is there, Docker's own DNS tells; who is well, it finds out itself; both it tells as Cloud Map would.
 * {@link dev.tradingplatform.local.container.DemoQuotesContainer} fills an empty platform, once.
 */
@NullMarked
package dev.tradingplatform.local.container;

import org.jspecify.annotations.NullMarked;
