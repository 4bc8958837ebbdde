/** Spring Boot's way in: the only package that knows Spring. Depends on {@code call}. */
@NullMarked
package dev.tradingplatform.discovery.spring;

import org.jspecify.annotations.NullMarked;
