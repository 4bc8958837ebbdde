/**
 * The database: which journal a file gets, how it is opened, migrated and shared by several processes, and what its
 * errors mean. Depends on no other package of ours.
 */
@NullMarked
package dev.tradingplatform.stock.storage;

import org.jspecify.annotations.NullMarked;
