package gauntlet.ours;

import gauntlet.api.Client;
import gauntlet.api.Contender;
import gauntlet.api.Target;

/** discovery-client in plain Java. */
public final class Plain implements Contender {

    @Override
    public String description() {
        return "discovery-client with its defaults and a deadline of 2 s";
    }

    @Override
    public boolean followsSrvPorts() {
        return true;
    }

    @Override
    public Client open(Target target) {
        return Library.open(target.service(), target.dns(), target.timeout());
    }
}
