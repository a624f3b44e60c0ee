package sluice.bench;

import java.util.List;

/** Figures that are measured together, in one run, limit and Sluice in turn. */
public interface Suite {

    /** Told what is going on, for whoever waits. */
    interface Progress {
        void says(String what);
    }

    /** Measures; bounded in time. */
    List<Figure> run(Progress progress) throws Exception;
}
