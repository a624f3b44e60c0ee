package sluice.faults;

import java.nio.file.Path;
import java.util.List;
import sluice.faults.history.Log;

final class Replay {
    Replay(Cluster cluster, Path folder) {}

    List<Log.Decided> decided() {
        return List.of();
    }
}
