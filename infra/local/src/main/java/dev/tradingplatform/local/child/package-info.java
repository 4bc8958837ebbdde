/** Starts Java programs as processes of their own that cannot outlive this one. Depends on nothing of ours. */
@NullMarked
package dev.tradingplatform.local.child;

import org.jspecify.annotations.NullMarked;
