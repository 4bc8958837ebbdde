@NullMarked
package dev.tradingplatform.local.container;

import org.jspecify.annotations.NullMarked;
