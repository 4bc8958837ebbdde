/** Benchmarks of discovery-client, each beside the same work done by the bare Apache HttpClient. */
@NullMarked
package dev.tradingplatform.benchmarks;

import org.jspecify.annotations.NullMarked;
