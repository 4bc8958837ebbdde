package dev.tradingplatform.signal.backtest;

import dev.tradingplatform.signal.strategy.Action;
import dev.tradingplatform.signal.strategy.Event;
import dev.tradingplatform.signal.strategy.Position;
import dev.tradingplatform.signal.strategy.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Money and shares while a strategy is followed. One thread at a time. */
final class Account {

    private final Rules rules;
    private final List<Trade> trades = new ArrayList<>();
    private double cash;
    private double commissionPaid;
    private @Nullable Holding holding;

    Account(Rules rules) {
        this.rules = rules;
        cash = rules.cash();
    }

    /** Acts on an event: gives up what stands against it and enters what it asks for. */
    void follow(Event event, Instant time, double price) {
        Position wanted = event.action() == Action.BUY ? Position.LONG : shortOrNothing();
        if (holding != null && holding.side() != wanted) {
            leave(time, price, event.reason());
        }
        if (holding == null && wanted != Position.FLAT) {
            enter(wanted, time, price, event.reason());
        }
    }

    private Position shortOrNothing() {
        return rules.side() == Side.BOTH ? Position.SHORT : Position.FLAT;
    }

    private void enter(Position side, Instant time, double price, String reason) {
        long shares = rules.shares(cash, price);
        if (shares > 0) {
            Holding entered = new Holding(side, shares, time, price, reason);
            cash -= entered.value(price) + charge(shares, price);
            holding = entered;
        }
    }

    /** Gives up what is held, if anything. */
    void leave(Instant time, double price, String reason) {
        Holding left = holding;
        if (left != null) {
            cash += left.value(price) - charge(left.shares(), price);
            double commission =
                    rules.commissionOn(left.shares(), left.entryPrice()) + rules.commissionOn(left.shares(), price);
            trades.add(new Trade(left, time, price, reason, commission));
            holding = null;
        }
    }

    private double charge(long shares, double price) {
        double commission = rules.commissionOn(shares, price);
        commissionPaid += commission;
        return commission;
    }

    /** What everything is worth at a price. */
    double equity(double price) {
        return holding == null ? cash : cash + holding.value(price);
    }

    boolean holds() {
        return holding != null;
    }

    Optional<OpenPosition> position(double price) {
        return Optional.ofNullable(holding)
                .map(held -> new OpenPosition(held, price, rules.commissionOn(held.shares(), held.entryPrice())));
    }

    List<Trade> trades() {
        return trades;
    }

    double commissionPaid() {
        return commissionPaid;
    }
}
