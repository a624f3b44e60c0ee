package sluice.rule;

import org.jspecify.annotations.Nullable;

/** A place in a condition; its text is an RFC 6901 JSON pointer. */
record Place(@Nullable Place parent, String token, int depth) {
    static final Place ROOT = new Place(null, "", 0);

    Place below(String name) {
        return new Place(this, name, depth + 1);
    }

    Place below(int index) {
        return below(String.valueOf(index));
    }

    @Override
    public String toString() {
        return parent == null ? "" : parent + "/" + token.replace("~", "~0").replace("/", "~1");
    }
}
