package dev.tradingplatform.stock.api;

/** The parameters of a request that accepts none. */
record NoParameters() implements RequestParameters {}
