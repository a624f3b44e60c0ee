package sluice.runtime.settings;

import java.util.List;

/** Settings that are wrong: one line a fault, each with the setting's name, what was expected and what was there. */
public final class RefusedSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedSettingsException(List<String> faults) {
        super(String.join(System.lineSeparator(), faults));
    }
}
