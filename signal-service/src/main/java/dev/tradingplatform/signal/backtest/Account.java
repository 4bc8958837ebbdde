package dev.tradingplatform.signal.backtest;

import dev.tradingplatform.signal.strategy.Action;
import dev.tradingplatform.signal.strategy.Event;
import dev.tradingplatform.signal.strategy.Position;
import dev.tradingplatform.signal.strategy.Side;
import java.math.BigDecimal;
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
    private @Nullable Unaffordable unaffordable;

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
        double fill = side == Position.SHORT ? rules.sellPrice(price) : rules.buyPrice(price);
        BigDecimal shares = rules.shares(cash, fill);
        if (shares.signum() > 0) {
            Holding entered = new Holding(side, shares, time, fill, reason);
            cash -= entered.value(fill) + charge(shares, fill);
            holding = entered;
        } else if (unaffordable == null) {
            unaffordable = new Unaffordable(time, fill, cash);
        }
    }

    /** Gives up what is held, if anything. */
    void leave(Instant time, double price, String reason) {
        Holding left = holding;
        if (left != null) {
            double fill = left.side() == Position.SHORT ? rules.buyPrice(price) : rules.sellPrice(price);
            cash += left.value(fill) - charge(left.shares(), fill);
            double commission =
                    rules.commissionOn(left.shares(), left.entryPrice()) + rules.commissionOn(left.shares(), fill);
            trades.add(new Trade(left, time, fill, reason, commission));
            holding = null;
        }
    }

    private double charge(BigDecimal shares, double price) {
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

    /** Returns the first entry for which the cash bought no share. */
    Optional<Unaffordable> unaffordable() {
        return Optional.ofNullable(unaffordable);
    }

    List<Trade> trades() {
        return trades;
    }

    double commissionPaid() {
        return commissionPaid;
    }
}
