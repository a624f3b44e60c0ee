/** The console for operators (docs/operators.md): static files, which call the management API as any client would. */
@NullMarked
package sluice.track.http.console;

import org.jspecify.annotations.NullMarked;
