/** Tests of the package of the same name. */
@NullMarked
package dev.tradingplatform.discovery.spring;

import org.jspecify.annotations.NullMarked;
