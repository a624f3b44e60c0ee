package sluice.deploy;

import java.util.List;
import sluice.runtime.NodeSettings;
import sluice.track.TrackSettings;

/** A command that brings libraries of its own, which no service should carry: found where its module is on the class path. */
public interface ApartCommand {
    /** What it is called on the command line. */
    String name();

    /**
     * Carries it out.
     *
     * @param arguments those of the command line, after the command
     * @throws CommandFailedException if it can't be
     */
    void run(NodeSettings settings, TrackSettings track, List<String> arguments) throws Exception;
}
